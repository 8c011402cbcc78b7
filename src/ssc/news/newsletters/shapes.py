"""What the API says of the mail magazine."""

from typing import Self

from pydantic import BaseModel

from ssc.core.mail.mailings import Report
from ssc.news.forms import Audience
from ssc.news.newsletters import rules
from ssc.news.newsletters.models import Newsletter
from ssc.news.newsletters.rules import State
from ssc.web.api import Instant


class EditionShape(BaseModel):
    lang: str
    subject: str
    body: str


class ReportShape(BaseModel):
    """What became of the letters: each is counted once; `unsubscribed` is how many readers left by them.

    `unsure`: the club was stopped while it handed them over; they may have arrived, and are not sent again.
    """

    letters: int
    waiting: int
    sent: int
    bounced: int
    failed: int
    unsure: int
    withdrawn: int
    unsubscribed: int

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            letters=report.letters,
            waiting=report.waiting,
            sent=report.sent,
            bounced=report.bounced,
            failed=report.failed + report.stopped,
            unsure=report.unsure,
            withdrawn=report.withdrawn,
            unsubscribed=report.left,
        )


class CountShape(BaseModel):
    """How many would get it at this moment."""

    readers: int
    by_language: dict[str, int]


class NewsletterShape(BaseModel):
    """An issue; `report` from when its letters are written."""

    id: str
    status: State
    editions: list[EditionShape]
    items: list[str]
    audience: Audience
    send_at: Instant | None
    created_at: Instant
    report: ReportShape | None = None
    count: CountShape | None = None

    @classmethod
    def of(
        cls, issue: Newsletter, items: list[str], report: Report | None, count: dict[str, int] | None = None
    ) -> Self:
        return cls(
            id=str(issue.id),
            status=rules.state_of(issue, report.waiting if report else 0),
            editions=[EditionShape(lang=one.lang, subject=one.subject, body=one.body) for one in issue.editions],
            items=items,
            audience=Audience.model_validate(issue.audience),
            send_at=issue.send_at,
            created_at=issue.created_at,
            **({"report": ReportShape.of(report)} if report else {}),
            **({"count": CountShape(readers=sum(count.values()), by_language=count)} if count is not None else {}),
        )
