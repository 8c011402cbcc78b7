"""Named selects over notices, viewer first."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.sql.elements import SQLCoreOperations

from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.paging import Cut, Slice
from ssc.notifications.kinds import Told, named
from ssc.notifications.leaving import DIGEST, Leave
from ssc.notifications.models import MailStop, Notice, PushSubscription
from ssc.notifications.spoken import Spoken
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer


def unread_of(member_id: SQLCoreOperations[UUID]) -> ScalarSelect[int]:
    """How many notices on the bell are new: part of the statement that every request makes."""
    return (
        select(func.count())
        .where(Notice.member_id == member_id, Notice.read_at.is_(None), Notice.shown)
        .correlate(Member)
        .scalar_subquery()
    )


async def notices_of(session: Session, viewer: Viewer, part: Slice) -> Cut[Spoken]:
    """What the viewer was told in the app, newest first."""
    statement: Select[Notice] = select(Notice).where(Notice.member_id == viewer.id, Notice.shown)
    if part.after:
        statement = statement.where(Notice.id < UUID(part.after[0]))
    rows = await session.scalars(statement.order_by(Notice.id.desc()).limit(part.limit + 1))
    cut = part.cut(rows.all(), lambda notice: (str(notice.id),))
    return Cut(await spoken(session, viewer, cut.rows), cut.next)


async def spoken(session: Session, viewer: Viewer, notices: Sequence[Notice]) -> list[Spoken]:
    """These notices in words; those whose feature is gone are left out."""
    names = await _names(session, viewer, [notice.by_id for notice in notices if notice.by_id])
    kinds = [(notice, named(notice.kind)) for notice in notices]
    return [Spoken(notice, kind, _told(notice, names)) for notice, kind in kinds if kind is not None]


async def viewer_of(session: Session, member: Member) -> Viewer:
    """The member as a reader, for what is written to her while she is away."""
    return Viewer(
        member=member,
        exchanges=await people.exchanges_of(session, member.id),
        blocked=await people.blocked_of(session, member.id),
    )


async def mail_stops_of(session: Session, viewer: Viewer) -> list[MailStop]:
    """What the viewer wants no more mail about, latest first."""
    rows = await session.scalars(
        select(MailStop).where(MailStop.member_id == viewer.id).order_by(MailStop.created_at.desc()).limit(100)
    )
    return list(rows)


async def devices_of(session: Session, viewer: Viewer) -> int:
    """How many of the viewer's devices ring."""
    statement = select(func.count()).select_from(PushSubscription).where(PushSubscription.member_id == viewer.id)
    return await session.scalar(statement) or 0


async def title_of(session: Session, member: Member, subject: str) -> str:
    """How letters to her call a thing; empty when she was told nothing of it lately."""
    latest = await session.scalar(
        select(Notice)
        .where(Notice.member_id == member.id, Notice.subject == subject)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    found = await spoken(session, await viewer_of(session, member), [latest] if latest else [])
    return found[0].title if found else ""


async def words_of(session: Session, member: Member, leave: Leave) -> dict[str, str]:
    """What each scope of a way out stops, as a sentence."""
    kind = named(leave.kind)
    label = _("Digest") if leave.kind == DIGEST else kind.label() if kind else leave.kind
    title = (await title_of(session, member, leave.subject) if leave.subject else "") or _("this thing")
    return {
        "subject": _("No more mail about “{title}”.", title=title),
        "kind": _("No more mail of the kind “{kind}”.", kind=label),
        "all": _("No mail at all, but about the safety of your account."),
    }


def _told(notice: Notice, names: dict[UUID, str]) -> Told:
    who = names.get(notice.by_id, "") if notice.by_id else ""
    return Told(notice.data, notice.count, who or _("Somebody"), notice.subject)


async def _names(session: Session, viewer: Viewer, member_ids: Sequence[UUID]) -> dict[UUID, str]:
    """As the viewer may know them today: who hides her name since is somebody."""
    found = await people.reached(session, viewer, list(dict.fromkeys(member_ids)))
    return {one.id: one.member.name for one in found}
