"""Programmes by their codes and by the names that files give them, English and Japanese."""

import re
from functools import lru_cache

from ssc.roster.reading.faults import Bad, shown
from ssc.roster.reading.folding import fold

CODES = (
    "ssp-a",
    "ssp-b",
    "ssp-c",
    "ssp-d",
    "ssp-high-school",
    "ssp-supporters",
    "lotus",
    "ytec-young-talents",
    "ytec-leadership",
)

_FAMILY = re.compile(
    r"^(?:jst|科学技術振興機構|japanasiayouthexchangeprograminscience|sakurascienceexchange|sakuraexchange|sakurascience"
    r"|sakura|inscience|program(?:me)?|plan|ssp|さくらサイエンス|サクラサイエンス|日本アジア青少年サイエンス交流|交流|事業|計画"
    r"|プログラム|プラン|一般公募|公募|openapplication|generalapplication|for|の)*"
)
_COURSE = re.compile(r"^(?:course|コース|type|タイプ)?([abcd])(?:course|コース|プラン|plan|type|タイプ)?(.*)$")
_SUBJECTS = {
    "a": (
        "科学技術体験",
        "科学技術交流活動",
        "scienceandtechnologyexperience",
        "scienceandtechnologyexchange",
    ),
    "b": ("共同研究活動", "collaborativeresearch", "jointresearch"),
    "c": ("科学技術研修", "scienceandtechnologytraining"),
    "d": ("年間相互交流", "通年相互交流", "相互交流", "annualmutualexchange", "mutualexchange"),
}
_NAMED = (
    ("ssp-high-school", ("highschool", "sshp", "高校生", "高校", "ハイスクール", "高等学校")),
    ("ssp-supporters", ("supporter", "サポーター")),
    ("lotus", ("lotus", "ロータス")),
    ("ytec-leadership", ("leadership", "リーダーシップ")),
    ("ytec-young-talents", ("youngtalent", "ヤングタレント", "若手人材")),
)
_MANY = {"ytec": "ytec-young-talents, ytec-leadership", "nexus": "ytec-young-talents, ytec-leadership"}
_FAMILIES = {"", "asia"}


@lru_cache(maxsize=2048)
def a_programme(text: str) -> str:
    """The programme's code. A family without its course, such as Y-tec alone, is ambiguous."""
    key = fold(text)
    code = _by_code().get(key) or _by_course(key) or _by_name(key)
    if code:
        return code
    for family, choices in _MANY.items():
        if family in key and key.removeprefix(family) in {"", "program", "programme", "プログラム"}:
            raise Bad("programme.ambiguous", value=shown(text), choices=choices)
    if key and _FAMILY.sub("", key) in _FAMILIES:
        raise Bad("programme.ambiguous", value=shown(text), choices=", ".join(CODES[:6]))
    raise Bad("programme.unknown", value=shown(text))


def programme_in_code(code: str) -> str | None:
    """The programme that an exchange's code begins with, as in SSP-A-2014-00001."""
    lowered = code.lower()
    for programme in sorted(CODES, key=len, reverse=True):
        if lowered.startswith(f"{programme}-"):
            return programme
    return None


def _by_course(key: str) -> str | None:
    rest = _FAMILY.sub("", key)
    if match := _COURSE.match(rest):
        letter, subject = match.groups()
        if not subject or any(subject.startswith(name) for name in _SUBJECTS[letter]):
            return f"ssp-{letter}"
    for letter, names in _SUBJECTS.items():
        if any(rest.startswith(name) for name in names):
            return f"ssp-{letter}"
    return None


def _by_name(key: str) -> str | None:
    found = [code for code, names in _NAMED if any(name in key for name in names)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _by_code() -> dict[str, str]:
    return {fold(code): code for code in CODES}
