"""Named selects over reports, decisions and appeals: for moderators, and for the person concerned."""

from collections.abc import Collection, Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import ColumnElement, Select, or_, select, tuple_

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.moderation.cases import Case, Logged
from ssc.moderation.models import Appeal, Complaint, Decision, Report
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer

State = Literal["waiting", "decided", "all"]

_QUEUED = TypeAdapter(tuple[int, AwareDatetime, UUID])


async def reports(session: Session, viewer: Viewer, state: State, part: Slice) -> Cut[Case]:
    """Waiting ones with minors in danger first, then the oldest; others latest first. None about the viewer."""
    concerned = or_(Report.member_id.is_(None), Report.member_id != viewer.id)
    statement = select(Report).where(concerned).limit(part.limit + 1)
    if state == "waiting":
        order = tuple_(Report.urgency, Report.created_at, Report.id)
        statement = statement.where(Report.decided_at.is_(None)).order_by(Report.urgency, Report.created_at, Report.id)
        if (after := part.place(_QUEUED)) is not None:
            statement = statement.where(order > tuple_(*after))
        cut = part.cut((await session.scalars(statement)).all(), _queued)
    else:
        statement = statement.order_by(Report.created_at.desc(), Report.id.desc())
        if state == "decided":
            statement = statement.where(Report.decided_at.is_not(None))
        if (latest := part.dated) is not None:
            statement = statement.where(tuple_(Report.created_at, Report.id) < tuple_(*latest))
        cut = part.cut((await session.scalars(statement)).all(), _dated)
    return Cut(await _cases(session, cut.rows), cut.next)


async def case_of(session: Session, report: Report) -> Case:
    (found,) = await _cases(session, [report])
    return found


async def decisions(session: Session, part: Slice) -> Cut[Logged]:
    """The moderation log, latest first."""
    statement = _decisions().order_by(Decision.created_at.desc(), Decision.id.desc()).limit(part.limit + 1)
    if (after := part.dated) is not None:
        statement = statement.where(tuple_(Decision.created_at, Decision.id) < tuple_(*after))
    cut = part.cut((await session.execute(statement)).all(), lambda row: _dated(row[0]))
    return Cut(await _logged(session, cut.rows), cut.next)


async def decisions_about(session: Session, member_id: UUID | None) -> list[Logged]:
    """What was decided about a member before, latest first; at most twenty."""
    if member_id is None:
        return []
    statement = _decisions().where(Decision.member_id == member_id, Decision.outcome != "dismiss")
    rows = await session.execute(statement.order_by(Decision.created_at.desc()).limit(20))
    return await _logged(session, rows.all())


async def appeals(session: Session, viewer: Viewer) -> list[Logged]:
    """Those that wait, the oldest first, without those of the viewer's own decisions; at most a hundred."""
    others = or_(Decision.decided_by.is_(None), Decision.decided_by != viewer.id)
    mine = or_(Decision.member_id.is_(None), Decision.member_id != viewer.id)
    statement = _decisions().where(Appeal.answered_at.is_(None), Appeal.decision_id.is_not(None), others, mine)
    return await _logged(session, (await session.execute(statement.order_by(Appeal.created_at).limit(100))).all())


async def decision(session: Session, decision_id: UUID) -> Logged | None:
    found = await _logged(session, (await session.execute(_decisions().where(Decision.id == decision_id))).all())
    return found[0] if found else None


async def is_limited(session: Session, member_id: UUID) -> bool:
    """Whether moderators let her begin no conversations at this moment."""
    statement = select(Decision.id).where(Decision.member_id == member_id, in_force("limit")).limit(1)
    return await session.scalar(statement) is not None


async def suspensions_of(session: Session, member_id: UUID) -> list[Decision]:
    """Decisions that shut her out and stand."""
    return list(await session.scalars(select(Decision).where(Decision.member_id == member_id, in_force("suspend"))))


async def moderators(session: Session) -> list[Member]:
    """Who decides: moderators and the secretariat, whose terms run."""
    holders = await people.in_office(session, "moderator", "staff")
    return list(await session.scalars(select(Member).where(Member.id.in_(holders), Member.joined_at.is_not(None))))


def in_force(outcome: str) -> ColumnElement[bool]:
    lasts = or_(Decision.until.is_(None), Decision.until > clock.now())
    return (Decision.outcome == outcome) & Decision.lifted_at.is_(None) & lasts


async def _cases(session: Session, rows: Sequence[Report]) -> list[Case]:
    ids = [report.id for report in rows]
    complaints = list(
        await session.scalars(select(Complaint).where(Complaint.report_id.in_(ids)).order_by(Complaint.created_at))
    )
    outcomes = await session.execute(select(Decision.report_id, Decision.outcome).where(Decision.report_id.in_(ids)))
    decided = {row.report_id: row.outcome for row in outcomes}
    concerned = {report.member_id for report in rows}
    known = await _people(session, concerned | {one.member_id for one in complaints})
    return [
        Case(
            report,
            known.get(report.member_id),
            [(one, known.get(one.member_id)) for one in complaints if one.report_id == report.id],
            decided.get(report.id),
        )
        for report in rows
    ]


def _decisions() -> Select[*tuple[Any, ...]]:
    return (
        select(Decision, Appeal, Report.title, Report.target_type)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(Report, Report.id == Decision.report_id)
    )


async def _logged(session: Session, rows: Sequence[Any]) -> list[Logged]:
    known = await _people(session, {one for row in rows for one in (row[0].member_id, row[0].decided_by)})
    return [
        Logged(one, known.get(one.member_id), known.get(one.decided_by), appeal, title or "", kind or "")
        for one, appeal, title, kind in rows
    ]


async def _people(session: Session, ids: Collection[UUID | None]) -> dict[UUID | None, MemberInShort]:
    """For moderators, whoever may see them elsewhere: by name, without a picture."""
    wanted = [one for one in ids if one is not None]
    rows = await session.execute(select(Member.id, Member.handle, Member.name).where(Member.id.in_(wanted)))
    return {member_id: MemberInShort(handle=handle or "", name=name, photo=None) for member_id, handle, name in rows}


def _queued(report: Report) -> tuple[Any, ...]:
    return report.urgency, *_dated(report)


def _dated(row: Report | Decision) -> tuple[str, str]:
    return row.created_at.isoformat(), str(row.id)
