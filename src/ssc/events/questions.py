"""What the club's surveys ask, and how a question reads in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ssc.core import i18n
from ssc.core.i18n import _


@dataclass(frozen=True)
class Spoken:
    """A question as it is read. `choices`: each as it is kept, and in the reader's words."""

    key: str
    label: str
    kind: str
    choices: list[tuple[str, str]]
    required: bool


def usual_questions() -> list[dict[str, Any]]:
    """What the club's surveys ask, until the organisers change it; in the reader's language."""
    degrees = [_("very satisfied"), _("satisfied"), _("neither"), _("dissatisfied")]
    reasons = [
        _("studying in Japan"),
        _("meeting alumni"),
        _("the talks"),
        _("science in general"),
        _("something else"),
    ]
    lengths = [_("too long"), _("right"), _("too short")]
    streams = [_("good"), _("with breaks"), _("hardly usable"), _("I was on site")]
    willing = [_("yes"), _("maybe"), _("no")]
    chosen = (
        ("satisfaction", _("How satisfied are you?"), degrees),
        ("why", _("Why did you come?"), reasons),
        ("length", _("The talks were"), lengths),
        ("stream", _("How was the stream?"), streams),
        ("coordinate", _("Would you become a coordinator?"), willing),
    )
    asked = [_question(key, label, "choice", choices) for key, label, choices in chosen]
    return [*asked, _question("words", _("What else do you want to tell us?"), "text", [])]


def spoken(question: Mapping[str, Any]) -> Spoken:
    """The club's own questions are kept in the words of who asked them, and read in everybody's; others as they are."""
    shown: Mapping[str, Any] = question
    if (own := _usual(question["key"])) is not None and any(_same(question, one) for one in _in_all_languages(own)):
        shown = own
    pairs = list(zip(question["choices"], shown["choices"], strict=True))
    return Spoken(question["key"], shown["label"], question["kind"], pairs, question["required"])


def _usual(key: str) -> dict[str, Any] | None:
    return next((one for one in usual_questions() if one["key"] == key), None)


def _in_all_languages(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for language in i18n.languages():
        with i18n.speaking(language.code):
            found += [one for one in usual_questions() if one["key"] == question["key"]]
    return found


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["label"] == other["label"] and one["choices"] == other["choices"])


def _question(key: str, label: str, kind: str, choices: list[str]) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": kind, "choices": choices, "required": False}
