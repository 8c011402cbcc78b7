"""What a link opens."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from ssc.accounts import tokens
from ssc.core.db import Session
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.roster.bringing.models import ClaimLink
from ssc.roster.bringing.rules import LINK, Opened


async def opened(session: Session, secret: str, *, lock: bool = False) -> Opened | None:
    """What the secret opens, whether or not it still can; None when it is none of ours.

    A maker who is shut out brings nobody in. `lock`: to answer it.
    """
    token = await tokens.find(session, LINK, secret)
    if token is None:
        return None
    maker = aliased(Member)
    asked = (
        select(ClaimLink, Member, Exchange, maker)
        .join(Member, Member.id == ClaimLink.record_id)
        .join(Exchange, Exchange.id == ClaimLink.exchange_id)
        .join(maker, maker.id == ClaimLink.made_by)
        .options(joinedload(Exchange.host))
        .where(ClaimLink.id == UUID(token.payload["link"]))
    )
    if lock:
        asked = asked.with_for_update(of=[ClaimLink, Member]).execution_options(populate_existing=True)
    row = (await session.execute(asked)).first()
    if row is None:
        return None
    shut_out = await people.suspension_of(session, row[3].id) is not None or not row[3].claimed
    return Opened(row[0], row[1], row[2], row[3], spent=token.spent or shut_out)
