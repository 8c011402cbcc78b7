"""A survey as pages' forms have it: the club's usual questions to tick, rows for one's own, and its answers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from ssc.core.errors import Problem
from ssc.events.forms.after import SurveyAnswers, SurveyBody
from ssc.web.forms import Form, check

ROWS = 3


def read(submitted: FormData, usual: Sequence[Mapping[str, Any]]) -> Form[SurveyBody]:
    """The form as it was sent; what is wrong with a row stands at `questions`."""
    ticked = [str(key) for key in submitted.getlist("usual")]
    columns = [[str(value).strip() for value in submitted.getlist(name)] for name in _COLUMNS]
    rows = [row for row in zip(*columns, strict=False) if row[0]]
    own = [_question(*row) for row in rows]
    form = check(SurveyBody, {"questions": [*(one for one in usual if one["key"] in ticked), *own]})
    form.values = {"usual": ticked, "rows": rows}
    return form


def written(questions: Sequence[Mapping[str, Any]], usual: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A survey as the form shows it."""
    known = {one["key"] for one in usual}
    rows = [
        (one["label"], one["kind"], ", ".join(one["choices"]), one["key"])
        for one in questions
        if one["key"] not in known
    ]
    return {"usual": [one["key"] for one in questions if one["key"] in known], "rows": rows}


def answered(submitted: FormData) -> Form[SurveyAnswers]:
    """Answers as they were sent: each under its question's key with `q-` before it; what is empty is none."""
    told = {key[2:]: str(value) for key, value in submitted.items() if key.startswith("q-") and value != ""}
    form = check(SurveyAnswers, {"answers": told})
    form.values = {f"q-{key}": value for key, value in told.items()}
    return form


def refused(form: Form[SurveyAnswers], problem: Problem) -> None:
    """What is wrong stands at its question, else above the form."""
    for error in problem.errors:
        form.errors[error.pointer.replace("/answers/", "q-")] = error.message
    if not problem.errors:
        form.refuse(problem)


_COLUMNS = ("question_label", "question_kind", "question_choices", "question_key")


def _question(label: str, kind: str, choices: str, key: str) -> dict[str, Any]:
    several = [one.strip() for one in re.split(r"[,、，]", choices) if one.strip()]
    asked = {"label": label, "kind": kind or "text", "choices": several if kind == "choice" else []}
    return {**asked, "key": key} if key else asked
