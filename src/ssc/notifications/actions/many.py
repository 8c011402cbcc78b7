"""Mailings: one letter to many, stored at once with the caller's change, leaving at the set rate."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from ssc.core import mail
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.core.errors import conflict
from ssc.core.i18n import _
from ssc.core.mail import mailings
from ssc.notifications import letters, queries
from ssc.notifications.actions.mailing import address_of
from ssc.notifications.kinds import registered
from ssc.notifications.mailings import Mailing, about
from ssc.notifications.rules import wants
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def mail_many(session: Session, mailing: Mailing, readers: Select[UUID]) -> int:
    """Queues the mailing's letter for those of `readers` (ids of members) who want its kind; answers for how many.

    Again after a kill, or pressed twice, it adds only who has no letter of it: nobody gets a second.
    """
    settings = session.settings
    await mailings.put_into_words(
        session, mailing.id, [letters.mailing(settings, mailing, one) for one in mailing.editions]
    )
    chosen = queries.readers_of(mailing.kind, list(mailing.editions), readers)
    found = await session.stream(chosen.execution_options(yield_per=mailings.AT_ONCE))
    made = 0
    async for some in found.partitions():
        made += await mailings.send_to(session, mailing.id, [_reader(settings, mailing, row) for row in some])
    await mailings.begin(session)
    return made


async def try_mailing(session: Session, viewer: Viewer, mailing: Mailing) -> int:
    """Sends each edition to the viewer alone; answers how many. 409 where no letter reaches her."""
    to = await address_of(session, viewer.id)
    if to is None:
        raise conflict(_("Letters to your address come back. Give another one first."))
    for language in mailing.editions:
        await mail.send(session, letters.mailing_to(session.settings, mailing, language, viewer.member, to))
    return len(mailing.editions)


async def call_back(session: Session, mailing_id: UUID) -> int:
    """Stops a mailing: what has not left does not leave. Answers how many letters."""
    return await mailings.call_back(session, mailing_id)


async def heed_choices(session: Session, member: Member) -> None:
    """What she chose just now also counts for the letters of mailings that wait."""
    unwanted = [kind for kind in registered() if member.mail_opt_out or not wants(member.notifications, kind, "mail")]
    await mailings.withdraw_unwanted(session, member.id, [about(kind.name) for kind in unwanted if not kind.always])


def _reader(settings: Settings, mailing: Mailing, row: Any) -> mailings.Reader:
    fills: Mapping[str, str] = letters.fills(settings, mailing, row.id, row.name)
    return mailings.Reader(row.id, row.address, row.language, dict(fills))
