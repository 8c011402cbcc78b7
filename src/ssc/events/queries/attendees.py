"""Who answered, as the organisers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_

from ssc.core import ids, text
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.events import rules
from ssc.events.models import Answer, SensitiveAnswer
from ssc.events.queries import places
from ssc.events.queries.events import Seen
from ssc.events.shapes import Attendee, Person
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer

_CALLED = 8
Wanted = Literal["going", "maybe", "declined", "waitlisted"]


@dataclass(frozen=True)
class Row:
    """An answer and whose it is; `sensitive` only where the viewer may see it."""

    answer: Answer
    member: Member
    sensitive: dict[str, str]
    position: int | None

    @property
    def answers(self) -> dict[str, str]:
        return {**self.answer.answers, **self.sensitive}


async def attendees(
    session: Session, viewer: Viewer, found: Seen, part: Slice, status: Wanted | None = None, q: str = ""
) -> Cut[Row]:
    """By name; those who wait in the order of the queue come with their position."""
    statement = _all(found, status).limit(part.limit + 1)
    for word in text.plain(q).split():
        statement = statement.where(Member.name_key.contains(word, autoescape=True))
    if (after := part.named) is not None:
        statement = statement.where(tuple_(func.lower(Member.name), Member.id) > tuple_(*after))
    pairs = (await session.execute(statement)).all()
    cut = part.cut(pairs, lambda pair: (pair[1].name.lower(), str(pair[1].id)))
    return Cut(await _rows(session, viewer, found, [(answer, member) for answer, member in cut.rows]), cut.next)


async def everybody(session: Session, viewer: Viewer, found: Seen) -> list[Row]:
    """For the file that organisers take with them."""
    pairs = (await session.execute(_all(found, None))).all()
    return await _rows(session, viewer, found, [(answer, member) for answer, member in pairs])


async def shown(session: Session, viewer: Viewer, rows: Sequence[Row]) -> list[Attendee]:
    photos = {
        one.id: one.member.photo for one in await people.reached(session, viewer, [row.member.id for row in rows])
    }
    return [_shape(row, photos.get(row.member.id)) for row in rows]


async def one_of(session: Session, viewer: Viewer, found: Seen, member_id: UUID) -> Row:
    statement = _all(found, None).where(Answer.member_id == member_id)
    answer, member = (await session.execute(statement)).one()
    (row,) = await _rows(session, viewer, found, [(answer, member)])
    return row


async def member_meant(session: Session, viewer: Viewer, found: Seen, name: str) -> UUID | None:
    """Whom an organiser means: a member by handle whom she may see, or by id somebody who has answered already."""
    member_id = ids.parse(name)
    if member_id is not None:
        answered = select(Answer.member_id).where(Answer.event_id == found.event.id, Answer.member_id == member_id)
        return await session.scalar(answered)
    handle_of = select(Member.id).where(Member.handle == name.lower(), Member.joined_at.is_not(None))
    answered = handle_of.join(Answer, (Answer.member_id == Member.id) & (Answer.event_id == found.event.id))
    already: UUID | None = await session.scalar(answered)
    if already is not None:
        return already
    reached = await people.reached_by_handle(session, viewer, name)
    return reached.id if reached else None


async def members_called(session: Session, viewer: Viewer, name: str) -> list[people.Reached]:
    """Members with an account whose name has all these words, as far as the viewer may see them; a few."""
    words = text.plain(name).split()
    if not words:
        return []
    statement = select(Member.id).where(Member.joined_at.is_not(None), Member.deceased.is_(False))
    for word in words:
        statement = statement.where(Member.name_key.contains(word, autoescape=True))
    ids_found = list(await session.scalars(statement.order_by(Member.name_key, Member.id).limit(_CALLED)))
    return await people.reached(session, viewer, ids_found)


def _all(found: Seen, status: Wanted | None) -> Select[Answer, Member]:
    statement = (
        select(Answer, Member)
        .join(Member, Member.id == Answer.member_id)
        .where(Answer.event_id == found.event.id)
        .order_by(func.lower(Member.name), Member.id)
    )
    return statement.where(Answer.status == status) if status else statement


async def _rows(session: Session, viewer: Viewer, found: Seen, pairs: Sequence[tuple[Answer, Member]]) -> list[Row]:
    answers = [answer for answer, _member in pairs]
    positions = await places.positions(session, answers)
    told: dict[UUID, dict[str, str]] = {}
    if rules.may_see_sensitive(viewer, found.event, found.organisers):
        rows = await session.scalars(
            select(SensitiveAnswer).where(SensitiveAnswer.answer_id.in_([answer.id for answer in answers]))
        )
        told = {row.answer_id: row.answers for row in rows}
    return [Row(answer, member, told.get(answer.id, {}), positions.get(answer.id)) for answer, member in pairs]


def _shape(row: Row, photo: dict[str, str] | None) -> Attendee:
    answer, member = row.answer, row.member
    return Attendee.model_validate(
        {
            "id": str(member.id),
            "member": Person(handle=member.handle, name=member.name, photo=photo),
            "country": member.country,
            "affiliation": member.affiliation,
            "status": answer.status,
            "guests": answer.guests,
            "guest_names": answer.guest_names,
            "answers": row.answers,
            "position": row.position,
            "offer_expires_at": answer.offer_expires_at,
            "ticket_code": answer.ticket_code if answer.status == "going" else None,
            "checked_in_at": answer.checked_in_at,
            "by_organiser": answer.answered_by is not None,
        }
    )
