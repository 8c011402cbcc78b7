"""What a cohort's members are told."""

from ssc.communities.albums.notices import new_photos
from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told
from ssc.programmes.models import Exchange


def subject_of(exchange: Exchange) -> str:
    return f"exchange:{exchange.id}"


def _news(told: Told) -> str:
    return new_photos(told) if told.data.get("what") == "photos" else _joined(told)


def _joined(told: Told) -> str:
    exchange = told.data.get("exchange", "")
    if told.count == 1:
        return _("{name}, who was in “{exchange}” with you, has joined.", name=told.who, exchange=exchange)
    return ngettext(
        "{n} person of “{exchange}” has joined.",
        "{n} people of “{exchange}” have joined.",
        told.count,
        exchange=exchange,
    )


def _of_exchange(told: Told) -> str:
    return _("News of “{exchange}”", exchange=told.data.get("exchange", ""))


COHORT_NEWS = Kind(
    "cohort-news",
    words("News of your exchanges"),
    _news,
    _of_exchange,
    mail=False,
    digest=True,
)
KINDS = (COHORT_NEWS,)
