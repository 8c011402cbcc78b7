"""What certificates say: the club's proposal for each kind, and a version filled in."""

from ssc.core import i18n
from ssc.core.i18n import Words, _, words
from ssc.events.forms.certificates import Kind
from ssc.events.models import CertificateWording

# Proposals, in the languages of the club; nothing is certified with them before staff approve them as a version.
_USUAL: dict[Kind, dict[str, str]] = {
    "attendance": {
        "en": "The Sakura Science Club certifies that {name} took part in “{title}” on {day}.",
        "ja": "さくらサイエンスクラブは、{name}さんが{day}の「{title}」に参加したことを証明します。",
    },
    "participation": {
        "en": "The Sakura Science Club certifies that {name} took part in the exchange “{title}” in Japan, {day}.",
        "ja": "さくらサイエンスクラブは、{name}さんが日本での交流「{title}」({day})に参加したことを証明します。",
    },
}
_KINDS: dict[Kind, Words] = {
    "attendance": words("Attendance at an event"),
    "participation": words("Participation in an exchange"),
}


def kinds() -> list[tuple[str, str]]:
    return [(kind, word()) for kind, word in _KINDS.items()]


def usual(kind: Kind) -> dict[str, str]:
    """By language."""
    return _USUAL[kind]


def filled(wording: CertificateWording | None, *, name: str, title: str, day: str, place: str) -> str:
    """In the reader's language, else in English. Without a version of its own it is one from before there were any."""
    texts = wording.texts if wording is not None else _USUAL["attendance"]
    said = texts.get(i18n.language()) or texts["en"]
    for mark, value in {"day": day, "place": place or _("online"), "title": title, "name": name}.items():
        said = said.replace("{" + mark + "}", value)
    return said
