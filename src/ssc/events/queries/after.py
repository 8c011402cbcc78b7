"""What came of an event: survey results as far as they hide everybody, and the report."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.events import rules
from ssc.events.models import Answer, Event, Report, Survey, SurveyAnswer, SurveyTaken
from ssc.events.questions import spoken
from ssc.people.models import Member


@dataclass(frozen=True)
class Result:
    """Of one question: how many chose what, or what was written, in no order that tells whose it is."""

    key: str
    label: str
    kind: str
    counts: list[tuple[str, int]]
    texts: list[str]


async def survey_of(session: Session, event_id: UUID) -> Survey | None:
    return await session.get(Survey, event_id, populate_existing=True)


async def survey_open_to(session: Session, event: Event, answer: Answer | None) -> Survey | None:
    """The survey that this person can answer now, if she has not."""
    if answer is None or not rules.was_there(answer) or event.status != "past":
        return None
    survey = await survey_of(session, event.id)
    if survey is None or not rules.survey_is_open(event, survey, clock.now()):
        return None
    return None if await has_taken(session, event.id, answer.member_id) else survey


async def has_taken(session: Session, event_id: UUID, member_id: UUID) -> bool:
    return await session.get(SurveyTaken, (event_id, member_id)) is not None


async def results(session: Session, survey: Survey) -> tuple[int, list[Result] | None]:
    """How many answered, and what; None as long as so few have that they could be guessed."""
    rows = list(await session.scalars(select(SurveyAnswer.answers).where(SurveyAnswer.event_id == survey.event_id)))
    if len(rows) < rules.ANONYMOUS_FROM:
        return len(rows), None
    return len(rows), [_result(question, rows) for question in survey.questions]


async def report_of(session: Session, event_id: UUID) -> Report | None:
    return await session.get(Report, event_id, populate_existing=True)


async def published_report(session: Session, event: Event) -> Report | None:
    report = await report_of(session, event.id) if event.status == "past" else None
    return report if report is not None and report.published_at is not None else None


async def reported(session: Session, writing_id: UUID) -> Event | None:
    """The event whose report this text is."""
    found: Event | None = await session.scalar(
        select(Event).join(Report, Report.event_id == Event.id).where(Report.writing_id == writing_id)
    )
    return found


async def attendance(session: Session, event: Event) -> dict[str, int]:
    """Persons who came and countries they are from; of who was not checked in nothing is said."""
    row = (
        await session.execute(
            select(
                func.coalesce(func.sum(Answer.guests + 1), 0),
                func.coalesce(func.sum(Answer.guests), 0),
                func.count(Member.country.distinct()),
            )
            .join(Member, Member.id == Answer.member_id)
            .where(Answer.event_id == event.id, Answer.checked_in_at.is_not(None))
        )
    ).one()
    return {"persons": int(row[0]), "guests": int(row[1]), "countries": int(row[2])}


def _result(question: dict[str, Any], rows: list[dict[str, Any]]) -> Result:
    told = [row[question["key"]] for row in rows if row.get(question["key"])]
    counted = Counter(told)
    said = spoken(question)
    counts = [(words, counted.get(choice, 0)) for choice, words in said.choices]
    texts = sorted(told) if question["kind"] == "text" else []
    return Result(question["key"], said.label, question["kind"], counts, texts)
