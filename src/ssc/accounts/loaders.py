"""Who is asking: loaders that routes name as parameters, and that refuse those who may not."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from ssc.accounts import cookies, queries
from ssc.accounts.actions import sessions
from ssc.accounts.queries import Seen
from ssc.accounts.rules import Scope, has_scope, is_fresh, scope_for, seen_lately, spelled
from ssc.core import clock, errors, i18n
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _, words
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Transaction

FRESH_SIGN_IN = errors.kind(
    "fresh-sign-in-required",
    403,
    words("Please confirm that it is you"),
    words("For this the last sign-in must be less than ten minutes old. Sign in again, then repeat it."),
    door="/session/fresh",
)
SCOPE_MISSING = errors.kind(
    "scope-missing",
    403,
    words("This access token is not for that"),
    words("The token was made for other calls. Make one with the scope that the answer names."),
)

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/=-]{1,200})", re.IGNORECASE)


@api.refuses(401, required=False)
async def known(request: Request, session: Transaction) -> Viewer | None:
    """Whoever the request shows to be, by token or else by cookie; for any scope. Asks one statement."""
    authorization = request.headers.get("authorization")
    viewer = await (_by_cookie(session, request) if authorization is None else _by_bearer(session, authorization))
    if viewer is not None:
        i18n.use(viewer.member.language)
        clock.use_zone(viewer.member.time_zone)
        request.state.viewer = viewer
    return viewer


async def recognise(request: Request) -> None:
    """Notes who is there by her cookie, for the page of an address that leads nowhere. Nothing is refused."""
    process: Process = request.app.state.process
    secret = cookies.session_of(request, process.settings)
    if secret is None:
        return
    async with process.database.reading() as session:
        seen = await queries.by_cookie(session, secret)
    if seen is not None and not seen.suspended:
        i18n.use(seen.member.language)
        clock.use_zone(seen.member.time_zone)
        request.state.viewer = _viewer(seen, frozenset(seen.roles))


class Entrant(NamedTuple):
    """Who opened a socket, and the session or access token that she came by."""

    viewer: Viewer
    key_id: UUID


async def entrant(connection: HTTPConnection, session: Session) -> Entrant | None:
    """As `known`, for a socket: it has no answer that could carry a renewed cookie, so none is renewed."""
    authorization = connection.headers.get("authorization")
    if authorization is not None:
        match = _BEARER.fullmatch(authorization.strip())
        seen = await queries.by_bearer(session, match[1]) if match else None
        note: Callable[[Session, UUID], Awaitable[None]] = sessions.note_used
    else:
        secret = cookies.session_of(connection, session.settings)
        seen = await queries.by_cookie(session, secret) if secret else None
        note = sessions.note_seen
    if seen is None or seen.suspended:
        return None
    if not seen_lately(seen.last_seen_at):
        await note(session, seen.key_id)
    return _entrant(seen)


async def still_in(session: Session, entrant: Entrant) -> Entrant | None:
    """Who came in and has stayed, as she is now; None once her session, token or standing has ended."""
    seen = await queries.by_key(session, entrant.key_id, by_token=entrant.viewer.scopes is not None)
    return None if seen is None or seen.suspended else _entrant(seen)


def _entrant(seen: Seen) -> Entrant:
    has_office = seen.scopes is None or "staff" in seen.scopes
    return Entrant(_viewer(seen, frozenset(seen.roles) if has_office else frozenset()), seen.key_id)


Known = Annotated[Viewer | None, Depends(known)]


@api.refuses(401, 403, required=False)
async def visitor(request: Request, viewer: Known) -> Viewer | None:
    if viewer is not None:
        _check(viewer, scope_for(request.method))
    return viewer


@api.refuses(401, 403)
async def signed_in(viewer: Annotated[Viewer | None, Depends(visitor)]) -> Viewer:
    if viewer is None:
        raise errors.not_signed_in()
    return viewer


@api.refuses(401, 403)
async def correspondent(viewer: Known) -> Viewer:
    if viewer is None:
        raise errors.not_signed_in()
    _check(viewer, "messages")
    check_unlimited(viewer)
    return viewer


def check_unlimited(viewer: Viewer) -> None:
    """403 while somebody may still object to her return: who came in by vouching reads nobody's old words."""
    if viewer.limited:
        raise errors.forbidden(
            _("Your account was recovered less than 72 hours ago. Until they have passed your messages stay closed.")
        )


Visitor = Annotated[Viewer | None, Depends(visitor)]
"""The member who is signed in, or None."""

SignedIn = Annotated[Viewer, Depends(signed_in)]
"""The member who is signed in; 401 else."""

Correspondent = Annotated[Viewer, Depends(correspondent)]
"""For threads and what belongs to them: a token needs the scope `messages`."""


@api.refuses(403)
async def fresh(viewer: SignedIn) -> Viewer:
    if viewer.limited:  # else who came in by vouching could change what the owner needs in order to object
        raise errors.forbidden(_("This waits until your old addresses can no longer object to your return."))
    if not is_fresh(viewer):
        raise Problem(FRESH_SIGN_IN)
    return viewer


@api.refuses(403)
async def staff(viewer: SignedIn) -> Viewer:
    if not viewer.is_staff:
        raise errors.forbidden(_("This is for the secretariat."))
    return viewer


@api.refuses(403)
async def moderator(viewer: SignedIn) -> Viewer:
    if not (viewer.is_moderator or viewer.is_staff):
        raise errors.forbidden(_("This is for moderators."))
    return viewer


Fresh = Annotated[Viewer, Depends(fresh)]
"""Signed in within the last ten minutes, in a browser; 403 `fresh-sign-in-required` else."""

Staff = Annotated[Viewer, Depends(staff)]
Moderator = Annotated[Viewer, Depends(moderator)]


def _check(viewer: Viewer, scope: Scope) -> None:
    if not has_scope(viewer, scope):
        raise Problem(SCOPE_MISSING, _("This access token lacks the scope {scope}.", scope=scope))


async def _by_cookie(session: Session, request: Request) -> Viewer | None:
    secret = cookies.session_of(request, session.settings)
    seen = await queries.by_cookie(session, secret) if secret else None
    if secret is None or seen is None or seen.suspended:
        return None
    rights = spelled(frozenset(seen.roles))
    if rights != seen.rights:
        await sessions.renew_session(session, request, seen.key_id, secret, rights)
    if not seen_lately(seen.last_seen_at):
        await sessions.note_seen(session, seen.key_id)
    return _viewer(seen, frozenset(seen.roles))


async def _by_bearer(session: Session, authorization: str) -> Viewer:
    """A token that is none is refused even where visitors may look: whoever sends one means to be somebody."""
    match = _BEARER.fullmatch(authorization.strip())
    seen = await queries.by_bearer(session, match[1]) if match else None
    if seen is None or seen.suspended:
        raise errors.not_signed_in()
    if not seen_lately(seen.last_seen_at):
        await sessions.note_used(session, seen.key_id)
    return _viewer(seen, frozenset(seen.roles) if "staff" in (seen.scopes or ()) else frozenset())


def _viewer(seen: Seen, roles: frozenset[str]) -> Viewer:
    by_token = seen.scopes is not None
    return Viewer(
        member=seen.member,
        exchanges=frozenset(seen.exchanges),
        roles=roles,
        blocked=frozenset(seen.blocked),
        limited=seen.limited_until is not None and seen.limited_until > clock.now(),
        scopes=frozenset(seen.scopes) if seen.scopes is not None else None,
        session_id=None if by_token else seen.key_id,
        token_id=seen.key_id if by_token else None,
        signed_in_at=seen.signed_in_at,
        notices_unread=seen.notices_unread,
        messages_unread=seen.messages_unread,
    )
