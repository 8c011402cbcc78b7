"""The club's live numbers, as they may be said to everybody: adults alone, and of each what members may see."""

from sqlalchemy import func, or_, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory.models import MEMBERS, DirectoryEntry, DirectoryTally
from ssc.events.models import Event
from ssc.guide.living import Live
from ssc.programmes.models import Exchange
from ssc.programmes.rules import JAPAN


async def live(session: Session) -> Live:
    counted = await _tallies(session)
    exchanges, hosts = (
        await session.execute(select(func.count(), func.count(Exchange.host_id.distinct())).select_from(Exchange))
    ).one()
    countries = [(value, n) for (dimension, value), n in counted.items() if dimension == "country"]
    years = [(value, n) for (dimension, value), n in counted.items() if dimension == "fiscal_year"]
    return Live(
        members=counted.get(("", ""), 0),
        exchanges=exchanges,
        hosts=hosts,
        reunions=await _reunions(session),
        returned=await _returned(session),
        by_country=sorted(countries, key=lambda pair: (-pair[1], pair[0])),
        by_year=sorted(years),
    )


async def _tallies(session: Session) -> dict[tuple[str, str], int]:
    """The counts that the directory keeps for all members, by dimension and value."""
    total = func.sum(DirectoryTally.amount)
    rows = await session.execute(
        select(DirectoryTally.dimension, DirectoryTally.value, total)
        .where(
            DirectoryTally.within == "",
            DirectoryTally.within_value == "",
            DirectoryTally.dimension.in_(("", "country", "fiscal_year")),
            DirectoryTally.from_day <= clock.today_in_japan(),
        )
        .group_by(DirectoryTally.dimension, DirectoryTally.value)
        .having(total > 0)
    )
    return {(dimension, value): n for dimension, value, n in rows}


async def _reunions(session: Session) -> int:
    """What was published and took place, for whomever it was."""
    stands = (Event.published_at.is_not(None), Event.cancelled_at.is_(None), Event.removed_at.is_(None))
    held = select(func.count()).select_from(Event).where(*stands, Event.ends_at <= clock.now())
    return await session.scalar(held) or 0


async def _returned(session: Session) -> int:
    foreign = or_(DirectoryEntry.country.is_(None), DirectoryEntry.country != JAPAN)
    statement = (
        select(func.count())
        .select_from(DirectoryEntry)
        .where(
            DirectoryEntry.reach == MEMBERS,
            DirectoryEntry.lives_in == JAPAN,
            DirectoryEntry.adult_from <= clock.today_in_japan(),
            foreign,
        )
    )
    return await session.scalar(statement) or 0
