"""The finder: every programme held against what somebody says of herself."""

from collections.abc import Mapping
from typing import Literal

from ssc.core.db import Session
from ssc.guide.entries import Entry
from ssc.guide.findings import Answer, Finding, Partner, beside
from ssc.guide.forms import Question
from ssc.guide.queries import partners
from ssc.guide.queries.entries import entries
from ssc.programmes import catalogue
from ssc.programmes.rules import reasons, verdict
from ssc.stories.queries.ways import NOBODY, Voices, voices

OTHERS_SHOWN = 8


async def find(session: Session, asked: Question) -> list[Finding]:
    """Every programme once, in the order of the catalogue."""
    return (await find_with_others(session, asked)).findings


async def find_with_others(session: Session, asked: Question) -> Answer:
    """As `find`, with the hosts that know her country, or else her field, from programmes that do not fit."""
    hosts = await partners.hosts(session, asked)
    told = await voices(session, country=asked.country or "")
    pages = await entries(session)
    found = [_finding(pages[code], asked, hosts, told) for code in catalogue.PROGRAMMES]
    by: Literal["country", "field"] = "country" if asked.homes else "field"
    if not hosts and asked.homes and asked.field:
        hosts, by = await partners.hosts(session, Question(field=asked.field)), "field"
    return Answer(found, beside(hosts, found)[:OTHERS_SHOWN], by, pages["elsewhere"])


def _finding(entry: Entry, asked: Question, hosts: Mapping[str, list[Partner]], told: Mapping[str, Voices]) -> Finding:
    assert entry.course is not None  # every programme of the catalogue has its facts
    said = reasons(entry.course.conditions, asked.answers)
    return Finding(entry, verdict(said), said, hosts.get(entry.slug, []), told.get(entry.slug, NOBODY))
