"""Mailed tokens: given out once in clear, kept as hashes, redeemed by one of those who try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select, update

from ssc.accounts.models import Token
from ssc.core import clock, errors, ids
from ssc.core.db import Session


@dataclass(frozen=True)
class Kind:
    """What a token is for, how long it works, and how long its holder still hears that it is spent."""

    name: str
    lasts: timedelta
    remembered: timedelta = timedelta(days=7)


async def issue(
    session: Session,
    kind: Kind,
    *,
    member_id: UUID | None,
    address: str = "",
    payload: Mapping[str, Any] | None = None,
) -> str:
    """Makes a token and answers its secret: the only time that it is known."""
    secret, expires_at = ids.secret(), clock.now() + kind.lasts
    session.add(
        Token(
            id=ids.new(),
            kind=kind.name,
            digest=ids.digest(secret),
            member_id=member_id,
            address=address,
            payload=dict(payload or {}),
            expires_at=expires_at,
            forget_at=expires_at + kind.remembered,
        )
    )
    await session.flush()
    return secret


async def find(session: Session, kind: Kind, secret: str) -> Token | None:
    """The token for showing a page: changes nothing. It may be spent."""
    found: Token | None = await session.scalar(_by_secret(kind, secret))
    return found


async def redeem(session: Session, kind: Kind, secret: str) -> Token:
    """Uses the token up. 410 when it is used, expired or none of ours; of two at once one wins."""
    found: Token | None = await session.scalar(
        _by_secret(kind, secret).with_for_update().execution_options(populate_existing=True)
    )
    if found is None or found.spent:
        raise errors.gone()
    found.used_at = clock.now()
    await session.flush()
    return found


async def void(session: Session, member_id: UUID, *kinds: Kind) -> None:
    """Uses up the member's open tokens of these kinds."""
    await session.execute(
        update(Token)
        .where(
            Token.member_id == member_id,
            Token.kind.in_([kind.name for kind in kinds]),
            Token.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )


async def forget(session: Session) -> None:
    """Deletes tokens that nobody needs to be told about any more."""
    await session.execute(delete(Token).where(Token.forget_at < clock.now()))


def _by_secret(kind: Kind, secret: str) -> Select[Token]:
    return select(Token).where(Token.digest == ids.digest(secret), Token.kind == kind.name)
