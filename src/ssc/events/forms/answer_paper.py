"""An answer as a page's form has it: a field for each question, guests' names on one line."""

from typing import Any

from starlette.datastructures import FormData

from ssc.core.errors import Problem
from ssc.events.forms.answer import RsvpBody, names_in
from ssc.events.models import Answer, Event
from ssc.web.forms import Form, check


def read(submitted: FormData, event: Event) -> Form[RsvpBody]:
    """The form as it was sent; errors of questions stand at `q-<key>`."""
    shown = {name: _one(submitted, name) for name in ("status", "guests", "guest_names")}
    shown |= {field_of(question): _one(submitted, field_of(question)) for question in event.questions}
    body: dict[str, Any] = {"status": shown["status"], "guests": shown["guests"] or 0}
    names = names_in(shown["guest_names"])
    if shown["status"] != "declined":
        body["guest_names"] = names
        body["answers"] = {question["key"]: shown[field_of(question)] for question in event.questions}
    form = check(RsvpBody, body)
    form.values = shown
    return form


def written(event: Event, answer: Answer | None, sensitive: dict[str, str]) -> dict[str, Any]:
    """What she answered, as the form shows it."""
    if answer is None:
        return {"status": "going", "guests": 0}
    status = "going" if answer.status == "waitlisted" else answer.status
    told = {**answer.answers, **sensitive}
    questions = {field_of(question): told.get(question["key"], "") for question in event.questions}
    return {"status": status, "guests": answer.guests, "guest_names": ", ".join(answer.guest_names), **questions}


def refused(form: Form[RsvpBody], problem: Problem) -> Form[RsvpBody]:
    """What the action found wrong, an answer's error at its question."""
    for error in problem.errors:
        first, _slash, rest = error.pointer.removeprefix("/").partition("/")
        form.errors.setdefault(f"q-{rest}" if first == "answers" and rest else first, error.message)
    return form if problem.errors else form.refuse(problem)


def field_of(question: dict[str, Any]) -> str:
    return f"q-{question['key']}"


def _one(submitted: FormData, name: str) -> str:
    value = submitted.get(name, "")
    return value.strip() if isinstance(value, str) else ""
