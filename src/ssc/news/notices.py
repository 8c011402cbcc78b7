"""What members are told of news: by its kind, and of their own country."""

from ssc.core.i18n import _, words
from ssc.news.models import NewsItem
from ssc.notifications.kinds import Kind, Told


def subject_of(item: NewsItem) -> str:
    return f"news:{item.id}"


def _titled(told: Told) -> str:
    return str(told.data.get("title", ""))


def _news(told: Told) -> str:
    return _("News: {title}", title=_titled(told))


def _report(told: Told) -> str:
    return _("Report of a reunion: {title}", title=_titled(told))


def _opportunity(told: Told) -> str:
    return _("Opportunity: {title}", title=_titled(told))


def _notice(told: Told) -> str:
    return _("Notice of the club: {title}", title=_titled(told))


def _of_country(told: Told) -> str:
    return _("News for your country: {title}", title=_titled(told))


def _given_back(told: Told) -> str:
    return _("The editors gave “{title}” back to you with a note.", title=_titled(told))


# Everywhere's news waits for whoever looks; the digest gathers it. One's own country's, and notices, are on the bell.
BY_KIND: dict[str, Kind] = {
    "news": Kind("news", words("News of the club"), _news, _titled, app=False, mail=False, digest=True),
    "reunion-report": Kind(
        "news-reunion-report", words("Reports of reunions"), _report, _titled, app=False, mail=False, digest=True
    ),
    "opportunity": Kind(
        "news-opportunity", words("Opportunities"), _opportunity, _titled, app=False, mail=False, digest=True
    ),
    "notice": Kind("news-notice", words("Notices of the club"), _notice, _titled, mail=False, digest=True),
}
OF_COUNTRY = Kind(
    "news-country", words("News that concern your country"), _of_country, _titled, mail=False, digest=True
)
GIVEN_BACK = Kind("news-given-back", words("What you handed in to the editors"), _given_back, _titled)
KINDS = (*BY_KIND.values(), OF_COUNTRY, GIVEN_BACK)
