"""An issue as letters: what each language's edition says, with the items of news as they stand at this moment."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ssc.core import markdown
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.news import queries
from ssc.news.articles import whole
from ssc.news.newsletters.models import Edition, Newsletter
from ssc.news.told import Told
from ssc.notifications.kinds import Kind
from ssc.notifications.kinds import Told as Notice
from ssc.notifications.mailings import Mailing

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")


def _untold(_told: Notice) -> str:
    return ""


MAGAZINE = Kind("mail-magazine", words("Mail magazine"), _untold, app=False)


@dataclass(frozen=True)
class Line:
    """An item of news as the magazine has it."""

    title: str
    summary: str
    link: str
    lang: str


async def mailing_of(session: Session, issue: Newsletter) -> Mailing:
    """What was withdrawn since it was chosen is not in it."""
    told = await queries.in_all_languages(session, issue.items)
    base = session.settings.base_url
    editions = {one.lang: _edition(one, issue.items, told, base) for one in issue.editions}
    return Mailing(id=issue.id, kind=MAGAZINE, template="news.magazine", editions=editions)


def _edition(edition: Edition, items: Sequence[UUID], told: Mapping[UUID, Sequence[Told]], base: str) -> dict[str, Any]:
    chosen = [_in(edition.lang, told[identity]) for identity in items if told.get(identity)]
    return {
        "title": edition.subject,
        "html": whole(markdown.article(edition.body), base) if edition.body else "",
        "text": _PICTURE.sub(r"\1", edition.body),
        "items": [_line(one, base) for one in chosen],
        "lang": edition.lang,
        "site": base,
    }


def _in(lang: str, versions: Sequence[Told]) -> Told:
    """In the edition's language, else as it was first written."""
    return next((one for one in versions if one.item.writing.lang == lang), versions[0])


def _line(told: Told, base: str) -> Line:
    text = told.item.writing
    return Line(text.title, text.summary, f"{base}/news/{told.item.slug}", text.lang)
