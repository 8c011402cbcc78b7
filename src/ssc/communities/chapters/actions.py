"""Putting oneself forward, being appointed, and what one leaves to the next."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from ssc.communities.actions import settle
from ssc.communities.actions.seats import open_chapter
from ssc.communities.chapters import queries, rules
from ssc.communities.chapters.forms import NoteBody, TermBody
from ssc.communities.chapters.models import Candidacy, HandOverNote
from ssc.communities.chapters.notices import CANDIDACIES, CANDIDATES, OFFICE, subject_of
from ssc.core import audit, clock, errors, ids, live
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.messaging.actions.seating import Seat, reseat
from ssc.notifications import actions as notifications
from ssc.people import actions as people
from ssc.people import queries as people_queries
from ssc.people.models import Member, Role
from ssc.people.sight import is_minor
from ssc.people.viewer import Viewer


async def volunteer(session: Session, viewer: Viewer, country: str, note: str) -> None:
    """Puts herself forward, and the secretariat hears of it; again: with other words, of which nobody is told.

    403 for minors, those of elsewhere, and who holds the office.
    """
    if not rules.may_volunteer(viewer, country):
        raise errors.forbidden(_("Adult members of a chapter who do not coordinate it yet can put themselves forward."))
    row = {"member_id": viewer.id, "country": country, "note": note, "created_at": clock.now()}
    made = await session.scalar(insert(Candidacy).values(row).on_conflict_do_nothing().returning(Candidacy.country))
    if made is None:
        hers = update(Candidacy).where(Candidacy.member_id == viewer.id, Candidacy.country == country)
        await session.execute(hers.values(note=note))
        return
    staff = [one for one in await people_queries.in_office(session, "staff") if one != viewer.id]
    told = {"country": country}
    await notifications.tell(session, CANDIDACIES, staff, subject=CANDIDATES, url="/desk/chapters", data=told)


async def step_back(session: Session, member_id: UUID, country: str) -> bool:
    """Whether she stood forward there. Twice is once; the secretariat is told of no one where none is left."""
    hers = (Candidacy.member_id == member_id, Candidacy.country == country)
    gone = await session.scalar(delete(Candidacy).where(*hers).returning(Candidacy.country))
    if gone is not None and not await session.scalar(select(exists(select(Candidacy.country)))):
        await notifications.withdraw(session, CANDIDATES)
    return gone is not None


async def step_back_everywhere(session: Session, member_id: UUID) -> None:
    for country in (await session.scalars(select(Candidacy.country).where(Candidacy.member_id == member_id))).all():
        await step_back(session, member_id, country)


async def decline(session: Session, viewer: Viewer, member: Member, country: str, reason: str) -> None:
    """Does not take up her offer, and tells her so; the reason is for the log. 404 where she has made none."""
    if not await step_back(session, member.id, country):
        raise errors.not_found()
    audit.write(session, viewer.id, "candidacy.decline", f"member:{member.id}", reason, country=country)
    await _tell(session, viewer, member.id, country, declined=True)


async def appoint(session: Session, viewer: Viewer, member: Member, role: str, body: TermBody) -> Role:
    """Gives an office, or changes the term in which it is held; of two at once the second changes what the first gave.

    422 for a term that ends before it begins or is over; 409 for minors.
    """
    await session.get_one(Member, member.id, with_for_update={"key_share": True})
    if is_minor(member):
        raise errors.conflict(_("A minor holds no office."))
    today = clock.today_in_japan()
    starts_on = body.starts_on or today
    country = role.partition(":")[2]
    ends_on = body.ends_on or (rules.usual_end(max(starts_on, today)) if country else None)
    _check_days(starts_on, ends_on, today)
    term = await _held(session, member.id, role, today)
    if term is None:
        term = await people.grant_role(
            session,
            member,
            role,
            by=viewer.id,
            reason=body.reason,
            starts_on=starts_on,
            ends_on=ends_on,
            lead=body.lead,
        )
    else:
        term.starts_on = min(term.starts_on, starts_on) if body.starts_on is None else starts_on
        term.ends_on, term.lead, term.reason = ends_on, body.lead, body.reason
        audit.write(session, viewer.id, "role.change", f"member:{member.id}", body.reason, role=role)
        live.refresh(session, member.id)
    await session.flush()
    if country and ends_on:
        await step_back(session, member.id, country)
        await _tell(session, viewer, member.id, country, until=ends_on.isoformat())
    await settle(session, [member.id])
    return term


async def withdraw_office(session: Session, viewer: Viewer, member: Member, role: str, reason: str) -> None:
    """Ends the term yesterday, so that today nothing of it is left; 404 where it is not held."""
    await session.get_one(Member, member.id, with_for_update={"key_share": True})
    today = clock.today_in_japan()
    term = await _held(session, member.id, role, today)
    if term is None:
        raise errors.not_found()
    if term.starts_on >= today:
        await session.delete(term)
    else:
        term.ends_on = date.fromordinal(today.toordinal() - 1)
    audit.write(session, viewer.id, "role.withdraw", f"member:{member.id}", reason, role=role)
    live.refresh(session, member.id)
    await session.flush()
    if country := role.partition(":")[2]:
        await _tell(session, viewer, member.id, country, ended=True)
    await settle(session, [member.id])


async def tell_of_ends(session: Session) -> None:
    """Once a day: who was coordinator until yesterday, and whose term ends in thirty days, hears of it, unless another
    term of hers there goes on."""
    today = clock.today_in_japan()
    for ends_on, what in ((today - timedelta(days=1), "ended"), (today + rules.TOLD_BEFORE, "soon")):
        for member_id, country in await queries.ending(session, ends_on):
            until = {} if what == "ended" else {"until": ends_on.isoformat()}
            await _tell(session, None, member_id, country, **{what: True}, **until)


async def leave_note(session: Session, viewer: Viewer, country: str, body: NoteBody) -> HandOverNote:
    note = HandOverNote(id=ids.new(), country=country, author_id=viewer.id, body=body.body)
    session.add(note)
    await session.flush()
    return note


async def remove_note(session: Session, viewer: Viewer, country: str, note_id: UUID) -> None:
    """One's own; the secretariat any."""
    note = await session.get(HandOverNote, note_id)
    if note is None or note.country != country:
        raise errors.not_found()
    if note.author_id != viewer.id and not viewer.is_staff:
        raise errors.forbidden(_("Only who wrote a note takes it away, or the secretariat."))
    await session.delete(note)


async def announcing(session: Session, viewer: Viewer, country: str) -> UUID:
    """The chapter's announcements, for who writes them: the secretariat comes in when it has something to say."""
    if not rules.looks_after(viewer, country):
        raise errors.forbidden(
            _("Announcements are written by the coordinators of the chapter and by the secretariat.")
        )
    thread_id = await open_chapter(session, country)
    await reseat(session, [Seat(thread_id, viewer.id, True)])
    return thread_id


def _check_days(starts_on: date, ends_on: date | None, today: date) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise errors.invalid(("ends_on", _("A term ends after it begins.")))
    if ends_on is not None and ends_on < today:
        raise errors.invalid(("ends_on", _("This day is past.")))


async def _held(session: Session, member_id: UUID, role: str, today: date) -> Role | None:
    """The term of this office that runs or is to begin."""
    kind, _colon, country = role.partition(":")
    found: Role | None = await session.scalar(
        select(Role)
        .where(
            Role.member_id == member_id,
            Role.role == kind,
            Role.country == country if country else Role.country.is_(None),
            or_(Role.ends_on.is_(None), Role.ends_on >= today),
        )
        .order_by(Role.starts_on)
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return found


async def _tell(session: Session, viewer: Viewer | None, member_id: UUID, country: str, **what: str | bool) -> None:
    """`until` a day she is in office, perhaps `soon`; it has `ended`; her offer is `declined`. `viewer` None: the
    calendar says it."""
    data = {"country": country, **what}
    url = f"/chapters/{country}/office" if "until" in what else f"/chapters/{country}"
    await notifications.tell(
        session, OFFICE, [member_id], subject=subject_of(country), url=url, data=data, by=viewer.id if viewer else None
    )
