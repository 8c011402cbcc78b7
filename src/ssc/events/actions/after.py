"""After an event: the survey is taken, the report written."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, clock, errors, i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import report_template, rules
from ssc.events.actions.passing import tell_survey
from ssc.events.forms.after import ReportBody, SurveyAnswers, SurveyBody
from ssc.events.models import Answer, Event, Report, Survey, SurveyAnswer, SurveyTaken
from ssc.events.queries import after
from ssc.people.viewer import Viewer


async def set_survey(session: Session, viewer: Viewer, event: Event, body: SurveyBody) -> Survey:
    """409 once somebody has answered: the same questions are put to all."""
    held = await after.survey_of(session, event.id)
    answered = (await after.results(session, held))[0] if held else 0
    questions = _keyed(body)
    if held is not None and answered and questions != held.questions:
        raise errors.conflict(_("Somebody has answered already: the questions stay as they are."))
    survey = held or Survey(event_id=event.id, questions=questions)
    survey.questions = questions
    survey.closes_at = body.closes_at or event.ends_at + rules.SURVEY_OPEN_FOR
    session.add(survey)
    audit.write(session, viewer.id, "event.survey", event.subject)
    await session.flush()
    await tell_survey(session, event)
    return survey


async def answer_survey(session: Session, event: Event, answer: Answer | None, body: SurveyAnswers) -> None:
    """Once for each who answered that she comes, with an account or by her link; what is said leads back to nobody.

    403 for who did not come, 409 while it is not open and for a second time, 422 at the question.
    """
    survey = await after.survey_of(session, event.id)
    if answer is None or not rules.was_there(answer):
        raise errors.forbidden(_("The survey is for those who were there."))
    if survey is None or not rules.survey_is_open(event, survey, clock.now()):
        raise errors.conflict(_("The survey is not open."))
    answers = _checked(survey, body)
    taken = insert(SurveyTaken).values(event_id=event.id, member_id=answer.member_id).on_conflict_do_nothing()
    if (await session.execute(taken.returning(SurveyTaken.member_id))).scalar_one_or_none() is None:
        raise errors.conflict(_("You have answered this survey."))
    session.add(SurveyAnswer(event_id=event.id, answers=answers))
    await session.flush()


async def write_report(session: Session, viewer: Viewer, event: Event, body: ReportBody) -> Report:
    """What is given; the rest as it was, or as the template fills it in. 409 once it is published."""
    report = await after.report_of(session, event.id) or await begin_report(session, event)
    if report.published_at is not None:
        raise errors.conflict(_("This report is published. Its editors can change it as news."))
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(report, name, value)
    report.written_by = viewer.id
    session.add(report)
    await session.flush()
    return report


async def begin_report(session: Session, event: Event) -> Report:
    """Filled in with what the club knows; not stored."""
    came, survey = await after.attendance(session, event), await after.survey_of(session, event.id)
    answered, results = await after.results(session, survey) if survey else (0, None)
    return Report(
        event_id=event.id,
        title=report_template.title_of(event),
        summary=report_template.summary_of(event, came),
        body=report_template.body_of(event, came, answered, results),
        lang=i18n.language(),
        published_at=None,
        news_slug=None,
    )


def _keyed(body: SurveyBody) -> list[dict[str, Any]]:
    found = [{**one.model_dump(), "key": one.key or f"q{at}"} for at, one in enumerate(body.questions, 1)]
    if len({question["key"] for question in found}) < len(found):
        raise errors.invalid(("questions", _("Two questions have the same key.")))
    for at, question in enumerate(found):
        if question["kind"] == "choice" and len(question["choices"]) < 2:
            raise errors.invalid((f"/questions/{at}/choices", _("Give at least two answers to choose from.")))
    return found


def _checked(survey: Survey, body: SurveyAnswers) -> dict[str, str]:
    asked = {question["key"]: question for question in survey.questions}
    for key in body.answers:
        if key not in asked:
            raise errors.invalid((f"/answers/{key}", _("There is no such question: {name}", name=key)))
    for key, question in asked.items():
        told = body.answers.get(key, "")
        if not told and question["required"]:
            raise errors.invalid((f"/answers/{key}", _("Please answer this question.")))
        if told and question["kind"] == "choice" and told not in question["choices"]:
            raise errors.invalid((f"/answers/{key}", _("Choose one of the answers.")))
    return {key: told for key, told in body.answers.items() if told}
