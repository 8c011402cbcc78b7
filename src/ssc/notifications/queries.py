"""Named selects over notices, viewer first."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, Uuid, exists, func, literal, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from ssc.accounts.models import Account, EmailAddress, SignedInSession
from ssc.core import clock, mail
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.mail import mailings
from ssc.core.mail.mailings import Report
from ssc.core.paging import Cut, Slice
from ssc.notifications.kinds import Kind, Told, named
from ssc.notifications.leaving import DIGEST, Leave
from ssc.notifications.mailings import Mailing
from ssc.notifications.models import MailStop, Notice, PushSubscription
from ssc.notifications.spoken import Spoken
from ssc.people import queries as people
from ssc.people.models import Member, Suspension
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
    if (after := part.identity) is not None:
        statement = statement.where(Notice.id < after)
    rows = await session.scalars(statement.order_by(Notice.id.desc()).limit(part.limit + 1))
    cut = part.cut(rows.all(), lambda notice: (str(notice.id),))
    return Cut(await spoken(session, viewer, cut.rows), cut.next)


async def rung(session: Session, viewer: Viewer, notice_ids: Collection[UUID]) -> tuple[int, list[Spoken]]:
    """What the bell says now, and of these notices those that are still new, the oldest first."""
    unread = await session.scalar(select(unread_of(literal(viewer.id, Uuid()))))
    mine = (Notice.member_id == viewer.id, Notice.read_at.is_(None), Notice.shown)
    rows = []
    if notice_ids:
        rows = list(await session.scalars(select(Notice).where(Notice.id.in_(notice_ids), *mine).order_by(Notice.id)))
    return unread or 0, await spoken(session, viewer, rows) if rows else []


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


class Device(NamedTuple):
    """A browser that rings; `name` as the list of sessions calls it."""

    id: UUID
    name: str
    created_at: datetime
    current: bool


async def devices_of(session: Session, viewer: Viewer) -> list[Device]:
    """Which of the viewer's devices ring, the latest first."""
    device = PushSubscription
    statement = (
        select(device.id, SignedInSession.device, device.created_at, device.session_id)
        .outerjoin(SignedInSession, SignedInSession.id == device.session_id)
        .where(device.member_id == viewer.id, or_(device.session_id.is_(None), SignedInSession.id.is_not(None)))
        .order_by(device.created_at.desc())
    )
    here = viewer.session_id
    return [
        Device(row.id, row.device or _("A program"), row.created_at, here is not None and row.session_id == here)
        for row in await session.execute(statement)
    ]


def readers_of(kind: Kind, languages: Sequence[str], readers: Select[UUID]) -> Select[Any]:
    """Of `readers` those who get mail of this kind, as `id, name, language, address`: the first of her languages that
    is among `languages`, else the first of these; the first of her addresses from which letters do not come back."""
    now = clock.now()
    hers = func.unnest(func.array_prepend(Member.language, Member.languages))
    table = hers.table_valued("code", with_ordinality="place", name="hers", joins_implicitly=True).render_derived()
    language = (
        select(table.c.code).where(table.c.code.in_(languages)).order_by(table.c.place).limit(1).scalar_subquery()
    )
    wanted = Member.notifications[kind.name]["mail"].as_boolean()
    reached = (
        select(
            Member.id,
            Member.name,
            func.coalesce(language, languages[0]).label("language"),
            _address(now).label("address"),
        )
        .outerjoin(Account, Account.member_id == Member.id)
        .where(
            Member.id.in_(readers),
            Member.joined_at.is_not(None),
            Member.deceased.is_(False),
            Member.do_not_contact.is_(False),
            Member.mail_opt_out.is_(False),
            func.coalesce(wanted, kind.mail),
            or_(Account.limited_until.is_(None), Account.limited_until < now),
            ~exists().where(
                Suspension.member_id == Member.id,
                Suspension.lifted_at.is_(None),
                or_(Suspension.until.is_(None), Suspension.until > now),
            ),
        )
        .subquery()
    )
    return select(reached).where(reached.c.address.is_not(None))


async def count_readers(session: Session, mailing: Mailing, readers: Select[UUID]) -> dict[str, int]:
    """How many would read a mailing in each of its languages: those that `mail_many` would write to."""
    found = readers_of(mailing.kind, list(mailing.editions), readers).subquery()
    rows = await session.execute(select(found.c.language, func.count().label("number")).group_by(found.c.language))
    return dict.fromkeys(mailing.editions, 0) | {row.language: row.number for row in rows}


async def report_of(session: Session, mailing_id: UUID) -> Report:
    """What became of a mailing's letters, and how many readers left by their way out."""
    return await mailings.report_of(session, mailing_id)


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


def _address(now: datetime) -> ScalarSelect[str]:
    """As `actions.mailing.address_of` finds it, for many at once."""
    bounces = exists().where(
        mail.Bounce.address == func.lower(EmailAddress.address),
        mail.Bounce.score >= mail.BOUNCES_TO_STOP,
        mail.Bounce.last_at > now - mail.BOUNCES_FORGOTTEN_AFTER,
    )
    return (
        select(EmailAddress.address)
        .where(EmailAddress.member_id == Member.id, EmailAddress.confirmed_at.is_not(None), ~bounces)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.created_at, EmailAddress.id)
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )


def _told(notice: Notice, names: dict[UUID, str]) -> Told:
    who = names.get(notice.by_id, "") if notice.by_id else ""
    return Told(notice.data, notice.count, who or _("Somebody"), notice.subject)


async def _names(session: Session, viewer: Viewer, member_ids: Sequence[UUID]) -> dict[UUID, str]:
    """As the viewer may know them today: who hides her name since is somebody."""
    found = await people.reached(session, viewer, list(dict.fromkeys(member_ids)))
    return {one.id: one.member.name for one in found}
