"""The letters of the guide: one to confirm an address, one when a call has opened."""

from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.guide.entries import Entry
from ssc.guide.models import GuideWatch
from ssc.guide.rules import stop_token
from ssc.notifications import leaving
from ssc.web import letters


def confirm(settings: Settings, address: str, language: str, entry: Entry, secret: str) -> Letter:
    link = f"{settings.base_url}/programmes/watches/{secret}"
    return letters.write(
        settings,
        "guide.confirm-watch",
        to=address,
        language=language,
        programme=entry.slug,
        link=link,
        address_kept=False,
    )


def opened(settings: Settings, watch: GuideWatch, entry: Entry) -> Letter:
    """That the call is open. It is the only one: with it the address is deleted."""
    token = stop_token(watch.id, settings.key)
    stop = f"{settings.base_url}/unsubscribe/{token}"
    return letters.write(
        settings,
        "guide.opened",
        to=watch.address,
        language=watch.language,
        headers={
            "List-Unsubscribe": f"<{stop}>, <{leaving.by_mail(settings, token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        priority=2,
        programme=entry.slug,
        closes_on=entry.course.call.closes_on if entry.course else None,
        link=f"{settings.base_url}/programmes/{entry.slug}",
        address_kept=False,
    )
