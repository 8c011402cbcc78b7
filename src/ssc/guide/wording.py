"""The letter for one's professor: one page, in English and Japanese, saying what a host in Japan does."""

from collections.abc import Sequence
from typing import NamedTuple

from babel.lists import format_list

from ssc.core import i18n
from ssc.core.i18n import _
from ssc.guide.findings import Finding, hosts_of
from ssc.guide.forms import Question
from ssc.places import countries
from ssc.programmes import catalogue

HOSTS_NAMED = 4


class Wording(NamedTuple):
    """The letter in one language: a greeting, paragraphs, the courses it is about, how they come about, hosts, the
    ending, and what stands under the line on which one signs."""

    language: str
    greeting: str
    opening: list[str]
    before_courses: str
    courses: list[str]
    before_steps: str
    steps: list[str]
    hosts: str
    closing: str
    signed: str


def of(language: str, asked: Question, fitting: Sequence[Finding]) -> Wording:
    with i18n.speaking(language):
        return Wording(
            language,
            _("Dear Professor,"),
            _opening(asked),
            _("By its rules I could take part in:"),
            [catalogue.name(one.code) for one in fitting],
            _("How it comes about:"),
            [
                _("You and a colleague at a university, school or institute in Japan plan a short visit together."),
                _("The host in Japan submits the plan to JST in one of the calls of the year."),
                _("JST's committee selects. JST pays for travel and stay."),
            ],
            _hosts(asked, fitting),
            _("The guidelines of the year are on JST's pages: https://ssp.jst.go.jp/en/"),
            _("Name and date"),
        )


def _hosts(asked: Question, fitting: Sequence[Finding]) -> str:
    names = hosts_of(fitting, HOSTS_NAMED)
    if not names:
        return ""
    listed = format_list(names, locale=i18n.locale())
    if asked.homes:
        return _("Hosts in Japan that have worked with our country: {names}.", names=listed)
    return _("Hosts in Japan that have worked in this field: {names}.", names=listed)


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
