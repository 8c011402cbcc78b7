"""Tickets by mail: once to each who has a place, in one go for many."""

from sqlalchemy import select

from ssc.core import clock, i18n, mail
from ssc.core.db import Session
from ssc.events import letters
from ssc.events.models import Answer, Event
from ssc.events.notices import EVENT_PLACE
from ssc.events.queries import recipients
from ssc.events.queries.recipients import Addressed
from ssc.notifications import actions as told
from ssc.notifications import queries as notifications
from ssc.people.models import Member

_AT_ONCE = 200


async def send(session: Session, event: Event) -> None:
    """To those who are going and have not had theirs; who wants no mail about her places finds it on the page.

    Whoever was seen to once is not looked at again: of two workers each takes others.
    """
    while event.status == "published" and (parties := await _without(session, event)):
        found = {to.member.id: to for to in await _addresses(session, [member for _answer, member in parties])}
        for answer, member in parties:
            answer.ticket_sent_at = clock.now()
            if (to := found.get(member.id)) is not None:
                await mail.send(session, letters.ticket(session.settings, event, answer, to))
        await session.flush()
        await told.mailed_already(session, EVENT_PLACE, event.subject, found)


async def _without(session: Session, event: Event) -> list[tuple[Answer, Member]]:
    rows = await session.execute(
        select(Answer, Member)
        .join(Member, Member.id == Answer.member_id)
        .where(Answer.event_id == event.id, Answer.status == "going", Answer.ticket_sent_at.is_(None))
        .order_by(Answer.id)
        .limit(_AT_ONCE)
        .with_for_update(of=Answer, skip_locked=True)
    )
    return [(answer, member) for answer, member in rows]


async def _addresses(session: Session, members: list[Member]) -> list[Addressed]:
    """Where each may be written to, if anywhere."""
    known = {member.id: member for member in members}
    chosen = select(Member.id).where(Member.id.in_(known))
    languages = [one.code for one in i18n.languages()]
    rows = await session.execute(notifications.readers_of(EVENT_PLACE, languages, chosen))
    claimed = [Addressed(known[row.id], row.address) for row in rows]
    return claimed + await recipients.by_letter(session, EVENT_PLACE, list(known))
