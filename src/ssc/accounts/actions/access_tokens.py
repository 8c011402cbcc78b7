"""Access tokens: made in a fresh session, shown once, taken back at any time."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from ssc.accounts import queries
from ssc.accounts.models import AccessToken
from ssc.accounts.rules import Scope
from ssc.core import audit, clock, errors, ids, live
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer

MOST = 20


async def make_access_token(
    session: Session, viewer: Viewer, name: str, scopes: Sequence[Scope], expires_in_days: int
) -> tuple[AccessToken, str]:
    """The token and its secret, which nobody learns again. 403 for the scope `staff` without the office."""
    if "staff" in scopes and not viewer.roles:
        raise errors.forbidden(_("Only who holds an office can make a token with the scope staff."))
    if len(await queries.access_tokens_of(session, viewer.id)) >= MOST:
        raise errors.conflict(_("You can keep {n} access tokens. Remove one first.", n=MOST))
    secret = ids.secret()
    made = AccessToken(
        id=ids.new(),
        member_id=viewer.id,
        name=name,
        digest=ids.digest(secret),
        scopes=sorted(set(scopes)),
        expires_at=clock.now() + timedelta(days=expires_in_days),
    )
    session.add(made)
    audit.write(session, viewer.id, "token.make", f"member:{viewer.id}", scopes=made.scopes)
    await session.flush()
    return made, secret


async def revoke_access_token(session: Session, viewer: Viewer, token_id: UUID) -> None:
    """404 when the viewer has none of this id."""
    gone = await session.scalar(
        delete(AccessToken)
        .where(AccessToken.id == token_id, AccessToken.member_id == viewer.id)
        .returning(AccessToken.id)
    )
    if gone is None:
        raise errors.not_found()
    audit.write(session, viewer.id, "token.revoke", f"member:{viewer.id}")
    live.revoke(session, viewer.id, token_id)
