"""Signed-in sessions: begun at sign-in, renewed when rights change, ended here or from afar."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, update
from starlette.requests import Request

from ssc.accounts import cookies
from ssc.accounts.actions.known_devices import know_device
from ssc.accounts.devices import device_name
from ssc.accounts.models import AccessToken, EmailChange, KnownDevice, SignedInSession
from ssc.accounts.rules import IDLE, LASTS, spelled
from ssc.core import clock, ids, live
from ssc.core.db import Session
from ssc.people import queries as people
from ssc.people.models import Member


async def begin_session(session: Session, request: Request, member: Member) -> SignedInSession:
    """Signs the member in on this browser: a new cookie always, so that nobody can plant one beforehand."""
    await end_this_session(session, request)
    await know_device(session, request, member)
    roles = await people.roles_of(session, member.id, clock.today_in_japan())
    secret = ids.secret()
    made = SignedInSession(
        id=ids.new(),
        member_id=member.id,
        digest=ids.digest(secret),
        device=device_name(request.headers.get("user-agent", "")),
        rights=spelled(frozenset(role.spelled for role in roles)),
        expires_at=clock.now() + LASTS,
    )
    session.add(made)
    await session.flush()
    _send(session, request, secret)
    return made


async def renew_session(session: Session, request: Request, session_id: UUID, old: str, rights: str) -> None:
    """A new cookie for the same browser, since the rights have changed. Of two requests at once one renews."""
    secret = ids.secret()
    renewed = await session.scalar(
        update(SignedInSession)
        .where(SignedInSession.id == session_id, SignedInSession.digest == ids.digest(old))
        .values(digest=ids.digest(secret), rights=rights)
        .returning(SignedInSession.id)
    )
    if renewed is not None:
        _send(session, request, secret)


async def refresh_session(session: Session, request: Request, session_id: UUID, rights: str) -> None:
    """The member has shown again who she is: fresh from now, with a new cookie."""
    secret, now = ids.secret(), clock.now()
    await session.execute(
        update(SignedInSession)
        .where(SignedInSession.id == session_id)
        .values(digest=ids.digest(secret), rights=rights, signed_in_at=now, last_seen_at=now, expires_at=now + LASTS)
    )
    _send(session, request, secret)


async def note_seen(session: Session, session_id: UUID) -> None:
    await session.execute(
        update(SignedInSession).where(SignedInSession.id == session_id).values(last_seen_at=clock.now())
    )


async def note_used(session: Session, token_id: UUID) -> None:
    await session.execute(update(AccessToken).where(AccessToken.id == token_id).values(last_used_at=clock.now()))


async def end_this_session(session: Session, request: Request) -> None:
    """Ends the session whose cookie the request bears, if any."""
    if secret := cookies.session_of(request, session.settings):
        await _end(session, SignedInSession.digest == ids.digest(secret))


async def sign_out(session: Session, request: Request) -> None:
    await end_this_session(session, request)
    settings = session.settings
    cookies.take_session(request, settings)


async def end_session(session: Session, member_id: UUID, session_id: UUID) -> bool:
    """Ends one of the member's sessions; False when she has none of this id."""
    return await _end(session, SignedInSession.id == session_id, SignedInSession.member_id == member_id)


async def end_sessions(session: Session, member_id: UUID, *, but: UUID | None = None) -> None:
    """Ends the member's sessions everywhere: after a new password, a suspension, an undone change."""
    kept = () if but is None else (SignedInSession.id != but,)
    await _end(session, SignedInSession.member_id == member_id, *kept)


async def _end(session: Session, *which: ColumnElement[bool]) -> bool:
    """Deletes them and closes their sockets; False when there was none."""
    ended = await session.execute(
        delete(SignedInSession).where(*which).returning(SignedInSession.member_id, SignedInSession.id)
    )
    rows = ended.all()
    for member_id, session_id in rows:
        live.revoke(session, member_id, session_id)
    return bool(rows)


def _send(session: Session, request: Request, secret: str) -> None:
    settings = session.settings

    async def give() -> None:
        cookies.give_session(request, settings, secret)

    session.after_commit(give)


async def forget(session: Session) -> None:
    """Deletes sessions, access tokens and devices that have run out, and changes beyond undoing."""
    now = clock.now()
    await _end(session, or_(SignedInSession.expires_at < now, SignedInSession.last_seen_at < now - IDLE))
    await session.execute(delete(AccessToken).where(AccessToken.expires_at < now - timedelta(days=30)))
    await session.execute(delete(KnownDevice).where(KnownDevice.last_seen_at < now - cookies.DEVICE_LASTS))
    await session.execute(delete(EmailChange).where(EmailChange.created_at < now - timedelta(days=30)))
