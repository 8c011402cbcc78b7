"""A survey as a page's form has it: the club's usual questions to tick, and rows for one's own."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from ssc.events.forms.after import SurveyBody
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


_COLUMNS = ("question_label", "question_kind", "question_choices", "question_key")


def _question(label: str, kind: str, choices: str, key: str) -> dict[str, Any]:
    several = [one.strip() for one in re.split(r"[,、，]", choices) if one.strip()]
    asked = {"label": label, "kind": kind or "text", "choices": several if kind == "choice" else []}
    return {**asked, "key": key} if key else asked
