"""The letter for one's professor: one page, in English and Japanese, saying what a host in Japan does."""

from collections.abc import Sequence
from typing import NamedTuple

from ssc.core import i18n
from ssc.core.i18n import _
from ssc.guide.findings import Finding
from ssc.guide.forms import Question
from ssc.places import countries
from ssc.programmes import catalogue


class Wording(NamedTuple):
    """The letter in one language: a greeting, paragraphs, the courses it is about, the steps, and the ending."""

    language: str
    greeting: str
    opening: list[str]
    courses: list[str]
    steps: list[str]
    closing: str


def of(language: str, asked: Question, fitting: Sequence[Finding]) -> Wording:
    with i18n.speaking(language):
        return Wording(
            language,
            _("Dear Professor,"),
            _opening(asked),
            [catalogue.name(one.code) for one in fitting],
            [
                _("You and a colleague at a university, school or institute in Japan plan a short visit together."),
                _("The host in Japan submits the plan to JST in one of the calls of the year."),
                _("JST's committee selects. JST pays for travel and stay."),
            ],
            _("The guidelines of the year are on JST's pages: https://ssp.jst.go.jp/en/"),
        )


def _opening(asked: Question) -> list[str]:
    said = [
        _(
            "I would like to go to Japan for a short time with the Sakura Science Program of the Japan Science and "
            "Technology Agency (JST). I cannot apply for it myself: a sending organisation and a host in Japan plan a "
            "visit together."
        )
    ]
    if asked.field:
        said.append(_("My field is: {field}.", field=asked.field))
    if asked.country:
        said.append(_("Country or region: {name}.", name=countries.name(asked.country)))
    said.append(_("Would you consider planning such a visit with a colleague in Japan, or tell me whom to ask?"))
    return said
