"""The finder: every programme held against what somebody says of herself."""

from collections.abc import Mapping

from ssc.core.db import Session
from ssc.guide.entries import Entry
from ssc.guide.findings import Finding, Partner
from ssc.guide.forms import Question
from ssc.guide.queries import partners
from ssc.guide.queries.entries import courses
from ssc.programmes.rules import reasons, verdict


async def find(session: Session, asked: Question) -> list[Finding]:
    """Every programme once, in the order of the catalogue."""
    hosts = await partners.hosts(session, asked)
    return [_finding(entry, asked, hosts) for entry in (await courses(session)).values()]


def _finding(entry: Entry, asked: Question, hosts: Mapping[str, list[Partner]]) -> Finding:
    assert entry.course is not None  # every programme of the catalogue has its facts
    said = reasons(entry.course.conditions, asked.answers)
    return Finding(entry, verdict(said), said, hosts.get(entry.slug, []))
