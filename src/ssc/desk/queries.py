"""What waits for staff, how the club stands, and the latest roster imports."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.sql.elements import SQLCoreOperations

from ssc.contact.models import ContactMessage
from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import InvitationRound as EventRound
from ssc.events.queries import told as events
from ssc.moderation.models import Appeal, Report
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.roster.importing.models import Duplicate, RosterImport
from ssc.roster.inviting import queries as inviting
from ssc.roster.inviting.models import Invitation, InvitationRound
from ssc.roster.recovering.models import OPEN_FOR, Recovery
from ssc.roster.requesting.models import MembershipRequest

LATELY = timedelta(days=30)
SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """Things of one kind that wait for a decision: how many, and since when the oldest does."""

    kind: str
    count: int
    oldest_at: datetime


@dataclass(frozen=True)
class Figures:
    """The club in numbers, unclaimed records included. `joined_lately`: within thirty days."""

    people: int
    members: int
    joined_lately: int
    exchanges: int
    invited: int


async def queue(session: Session) -> list[Waiting]:
    """What waits, the longest waiting kind first; kinds of which nothing waits are left out."""
    found = [
        await _waiting(
            session, "membership-requests", MembershipRequest.created_at, MembershipRequest.outcome.is_(None)
        ),
        await _waiting(session, "duplicates", Duplicate.created_at, Duplicate.decision.is_(None)),
        await _waiting(session, "reports", Report.created_at, Report.decided_at.is_(None)),
        await _waiting(session, "appeals", Appeal.created_at, Appeal.answered_at.is_(None)),
        await _waiting(session, "contact", ContactMessage.created_at, ContactMessage.closed_at.is_(None)),
        await _waiting(session, "recoveries", Recovery.created_at, *_undecided()),
        await _waiting(
            session,
            "invitations",
            InvitationRound.paused_at,
            InvitationRound.paused_at.is_not(None),
            InvitationRound.finished_at.is_(None),
        ),
        await _waiting(session, "event-invitations", EventRound.created_at, *events.still_waiting()),
    ]
    return sorted((some for some in found if some is not None), key=lambda some: some.oldest_at)


async def figures(session: Session) -> Figures:
    people, members, lately = (
        await session.execute(
            select(
                func.count(),
                func.count(Member.joined_at),
                func.count().filter(Member.joined_at > clock.now() - LATELY),
            )
            .select_from(Member)
            .where(Member.deceased.is_(False))
        )
    ).one()
    exchanges = await session.scalar(select(func.count()).select_from(Exchange))
    invited = await session.scalar(select(func.count()).select_from(Invitation).where(inviting.living()))
    return Figures(people, members, lately, exchanges or 0, invited or 0)


async def latest_imports(session: Session) -> list[RosterImport]:
    """Rehearsals included, latest first."""
    rows = await session.scalars(select(RosterImport).order_by(RosterImport.id.desc()).limit(SHOWN))
    return list(rows)


async def _waiting(
    session: Session,
    kind: str,
    since: SQLCoreOperations[datetime] | SQLCoreOperations[datetime | None],
    *conditions: ColumnElement[bool],
) -> Waiting | None:
    count, oldest_at = (await session.execute(select(func.count(), func.min(since)).where(*conditions))).one()
    return Waiting(kind, count, oldest_at) if oldest_at is not None else None


def _undecided() -> tuple[ColumnElement[bool], ...]:
    """Recoveries that nobody has answered for yet."""
    return (
        Recovery.approved_at.is_(None),
        Recovery.vetoed_at.is_(None),
        Recovery.declined_at.is_(None),
        Recovery.created_at > clock.now() - OPEN_FOR,
    )
