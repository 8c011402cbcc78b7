"""What is told of albums: to the cohort that there is something new, to an uploader that a photo is down."""

from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told
from ssc.programmes.models import Exchange


def subject_of(exchange: Exchange) -> str:
    """Of its own, so that photos are not counted with people who joined."""
    return f"album:{exchange.id}"


def new_photos(told: Told) -> str:
    """For the kind of a cohort's news."""
    exchange = told.data.get("exchange", "")
    return ngettext(
        "{n} new photo in the album of “{exchange}”.",
        "{n} new photos in the album of “{exchange}”.",
        told.count,
        exchange=exchange,
    )


def _taken_down(told: Told) -> str:
    exchange = told.data.get("exchange", "")
    if told.count == 1:
        return _(
            "A photo of yours in the album of “{exchange}” is not shown any more: somebody in it asked for that. "
            "Nobody blames you for it.",
            exchange=exchange,
        )
    return _(
        "{n} photos of yours in the album of “{exchange}” are not shown any more: somebody in them asked for that. "
        "Nobody blames you for it.",
        n=told.count,
        exchange=exchange,
    )


def _title(told: Told) -> str:
    return _("Photos of “{exchange}”", exchange=told.data.get("exchange", ""))


ALBUM = Kind("album", words("Your photos in albums"), _taken_down, _title, mail=False)
KINDS = (ALBUM,)
