"""What time does to an event: reminders, and confidences that are forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, mail
from ssc.core.db import Session
from ssc.events import letters, rules
from ssc.events.actions.telling import remind_invited, spread
from ssc.events.models import Answer, Event, Reminded, SensitiveAnswer, Survey
from ssc.events.notices import EVENT_REMINDER, EVENT_SURVEY, data_of
from ssc.events.queries import after, recipients
from ssc.notifications import actions as notifications
from ssc.notifications.kinds import Told

_DAY = timedelta(days=1)
# What is missed by more than this is not made up for: nobody wants a reminder of last week's reminder.
_LATE = timedelta(hours=20)
_BEFORE = {"week": 7 * _DAY, "day": _DAY}
_AGAIN_BEFORE = (14 * _DAY, 4 * _DAY)


async def forget_confidences(session: Session) -> None:
    """A week after an event nobody needs to know who ate what."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - rules.SENSITIVE_KEPT)
    of_those = select(Answer.id).where(Answer.event_id.in_(over))
    await session.execute(delete(SensitiveAnswer).where(SensitiveAnswer.answer_id.in_(of_those)))


async def remind(session: Session) -> None:
    """Whatever is due at this hour. An event that moved is another time, of which one is reminded anew."""
    now = clock.now()
    for event in await _just_over(session, now):
        await tell_survey(session, event)
    for event in await _to_come(session, now):
        for what, before in _BEFORE.items():
            if event.starts_at - before <= now < event.starts_at - before + _LATE and await _first(
                session, event, what
            ):
                going = await recipients.ids_of(session, recipients.answered(event.id, ("going", "maybe")))
                await spread(session, event, EVENT_REMINDER, going, data_of(event))
        for nth, before in enumerate(_AGAIN_BEFORE):
            if _is_due(event, before, now) and event.takes_answers and await _first(session, event, f"again-{nth}"):
                await remind_invited(session, event, nth)


async def tell_survey(session: Session, event: Event) -> None:
    """Those who were there hear once that they are asked, who has no account by a letter with her own link; the
    organisers need not remember it."""
    survey = await after.survey_of(session, event.id)
    if survey is None or not rules.survey_is_open(event, survey, clock.now()):
        return
    if not await _first(session, event, "survey"):
        return
    going = await recipients.ids_of(session, recipients.answered(event.id, ("going",)))
    subject, url = f"event-survey:{event.id}", f"{event.url}/survey"
    data = data_of(event)
    await notifications.tell(session, EVENT_SURVEY, going, subject=subject, url=url, data=data)
    for one in await recipients.by_letter(session, EVENT_SURVEY, going):
        await mail.send(session, letters.asked(session.settings, event, Told(data, 1, "", subject), one))


async def _just_over(session: Session, now: datetime) -> list[Event]:
    rows = await session.scalars(
        select(Event)
        .join(Survey, Survey.event_id == Event.id)
        .where(
            Event.published_at.is_not(None),
            Event.cancelled_at.is_(None),
            Event.removed_at.is_(None),
            Event.ends_at <= now,
            Event.ends_at > now - _LATE,
        )
        .order_by(Event.id)
    )
    return list(rows)


def _is_due(event: Event, before: timedelta, now: datetime) -> bool:
    return event.starts_at - before <= now < event.starts_at - before + _LATE


async def _to_come(session: Session, now: datetime) -> list[Event]:
    rows = await session.scalars(
        select(Event)
        .where(
            Event.published_at.is_not(None),
            Event.cancelled_at.is_(None),
            Event.starts_at > now,
            Event.starts_at <= now + max(_AGAIN_BEFORE),
        )
        .order_by(Event.id)
    )
    return list(rows)


async def _first(session: Session, event: Event, what: str) -> bool:
    """Whether it is the first time for this hour of this event; of two workers one hears yes."""
    row = {"event_id": event.id, "what": what, "starts_at": event.starts_at}
    made = await session.execute(insert(Reminded).values(row).on_conflict_do_nothing().returning(Reminded.what))
    return made.scalar_one_or_none() is not None
