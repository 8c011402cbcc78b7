"""The address of a new event, made from its title."""

import re
from datetime import datetime

from sqlalchemy import func, select

from ssc.core import text
from ssc.core.db import Session
from ssc.events.models import Event

RESERVED = frozenset({"finder", "feed", "new"})
_OTHERS = re.compile(r"[^a-z0-9]+")


async def propose(session: Session, title: str, country: str, starts_at: datetime) -> str:
    """`reunion-in-jakarta`; where the title has no Latin letters `jp-2026-12-05`; with a number where it is taken."""
    stem = _OTHERS.sub("-", text.plain(title))[:70].strip("-")
    if not re.search("[a-z]{3}", stem) or stem in RESERVED:
        stem = f"{country.lower()}-{starts_at:%Y-%m-%d}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"event:{stem}", 0))))
    taken = set(await session.scalars(select(Event.slug).where(Event.slug.startswith(stem, autoescape=True))))
    return stem if stem not in taken else next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)
