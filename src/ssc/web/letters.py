"""Letters: three templates (subject, text, HTML) become one mail in the reader's language."""

from typing import Any
from uuid import UUID

from ssc.core import clock, i18n
from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.web import templates


def write(
    settings: Settings,
    name: str,
    *,
    to: str,
    language: str,
    member_id: UUID | None = None,
    headers: dict[str, str] | None = None,
    about: str = "",
    by_id: UUID | None = None,
    priority: int = 0,
    pictures: dict[str, str] | None = None,
    address_kept: bool = True,
    **context: Any,
) -> Letter:
    """Renders `letters/<name>/{subject.txt,body.txt,body.html}`; `name` is `package.what`, also the kind.

    `about`, `by_id`, `priority`, `pictures`, `address_kept`: see `Letter`. Templates get the context, `base_url` (links
    begin with it) and `to`.
    """
    with i18n.speaking(language), clock.reading_in(None):
        names = {"base_url": settings.base_url, "to": to, **context}
        subject, text, html = (_render(f"letters/{name}/{part}", names) for part in _PARTS)
    return Letter(
        to=to,
        kind=name,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        language=language,
        member_id=member_id,
        headers=headers or {},
        about=about,
        by_id=by_id,
        priority=priority,
        pictures=pictures or {},
        address_kept=address_kept,
    )


_PARTS = ("subject.txt", "body.txt", "body.html")


def _render(template: str, names: dict[str, Any]) -> str:
    return templates.environment().get_template(template).render(names)
