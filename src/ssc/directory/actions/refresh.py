"""Keeping the directory in step: after a change to members their rows, counts and words are made anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from psycopg import sql
from sqlalchemy import delete, func, insert, select, text

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory import entries
from ssc.directory.entries import COLUMNS, Count, Row, TookPart
from ssc.directory.models import MEMBERS, DirectoryChange, DirectoryEntry, DirectoryTally, DirectoryWord
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, ExchangeSending

T = TypeVar("T")
_AT_ONCE = 2000
_FEW = 50
"""Up to so many members the words that nobody bears any more are forgotten at once; else by the nightly job."""


async def refresh(session: Session, member_ids: Iterable[UUID]) -> None:
    """Makes the rows of these members anew, whatever changed about them; who is not to be found loses hers.

    Safe to call for any member, claimed or not, and for many thousands: call it once at the end of a change.
    """
    await session.flush()
    wanted = sorted(set(member_ids))
    change: Counter[Count] = Counter()
    fresh: set[str] = set()
    stale: set[str] = set()
    for part in _parts(wanted, _AT_ONCE):
        # Two changes to one member at once: the second waits, and then sees what the first left.
        await session.execute(
            select(Member.id).where(Member.id.in_(part)).order_by(Member.id).with_for_update(key_share=True)
        )
        stale |= await _take_away(session, part, change)
        fresh |= await _put(session, part, change)
    await _write_counts(session, change)
    await _learn(session, fresh)
    await session.execute(insert(DirectoryChange).values())
    if len(wanted) <= _FEW:
        await _forget(session, stale - fresh)


async def refresh_all(session: Session) -> None:
    """Makes the whole directory anew: for the demo, restored backups, and a changed spelling."""
    await session.flush()
    for table in (DirectoryEntry, DirectoryTally, DirectoryWord):
        await session.execute(delete(table))
    await refresh(session, await session.scalars(select(Member.id).where(Member.joined_at.is_not(None))))


async def fold_tally(session: Session) -> None:
    """Adds up the counts' changes of each key, so that reading them stays short; minors' wait for their day."""
    await session.execute(_FOLD, {"today": clock.today_in_japan()})
    await session.execute(_SWEEP)


async def _take_away(session: Session, member_ids: Sequence[UUID], change: Counter[Count]) -> set[str]:
    """Deletes these members' rows, takes them off the counts, answers the words they held."""
    rows = await session.execute(
        delete(DirectoryEntry)
        .where(DirectoryEntry.member_id.in_(member_ids))
        .returning(DirectoryEntry.reach, DirectoryEntry.text, *_COUNTED)
    )
    found: set[str] = set()
    today = clock.today_in_japan()
    for reach, words, *counted in rows:
        found.update(words.split())
        if reach == MEMBERS:
            change.subtract(entries.counts_of(counted, today))
    return found


async def _put(session: Session, member_ids: Sequence[UUID], change: Counter[Count]) -> set[str]:
    """Writes these members' rows, adds them to the counts, answers the words they hold."""
    took_part = await _exchanges_of(session, member_ids)
    records = await session.execute(
        select(*Member.__table__.columns).where(
            Member.id.in_(member_ids), Member.joined_at.is_not(None), Member.deceased.is_(False)
        )
    )
    rows: list[Row] = []
    found: set[str] = set()
    today = clock.today_in_japan()
    for record in records:
        made = entries.entries_of(record, took_part[record.id])
        rows += made
        found |= entries.vocabulary_of(record) if made else set()
        for row in made:
            if row[1] == MEMBERS:
                change.update(entries.counts_of([row[i] for i in _COUNTED_AT], today))
    await _copy(session, rows)
    return found


async def _exchanges_of(session: Session, member_ids: Sequence[UUID]) -> dict[UUID, list[TookPart]]:
    sendings = (
        select(func.array_agg(ExchangeSending.organisation_id))
        .where(ExchangeSending.exchange_id == Exchange.id)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(
            Participation.member_id, Exchange.id, Exchange.programme, Exchange.fiscal_year, Exchange.host_id, sendings
        )
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(member_ids))
    )
    found: dict[UUID, list[TookPart]] = defaultdict(list)
    for member_id, exchange, programme, fiscal_year, host, sent in rows:
        found[member_id].append(TookPart(exchange, programme, fiscal_year, host, tuple(sent or ())))
    return found


async def _copy(session: Session, rows: Sequence[Row]) -> None:
    driver = await session.driver()
    into = sql.SQL("COPY directory_entry ({}) FROM STDIN").format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS)))
    async with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            await copy.write_row(row)


async def _write_counts(session: Session, change: Counter[Count]) -> None:
    rows = [
        {
            "within": count.within,
            "within_value": count.within_value,
            "dimension": count.dimension,
            "value": count.value,
            "label": count.label,
            "from_day": count.from_day,
            "amount": amount,
        }
        for count, amount in change.items()
        if amount
    ]
    for part in _parts(rows, 5000):
        await session.execute(insert(DirectoryTally), part)


async def _learn(session: Session, words: set[str]) -> None:
    """In one order everywhere, so that two changes never wait for each other's words in a circle."""
    for part in _parts(sorted(words), 20_000):
        await session.execute(_LEARN, {"words": part})


async def _forget(session: Session, words: set[str]) -> None:
    """Drops the words that stand in no entry any more: an erased name is not kept for spelling's sake."""
    if words:
        await session.execute(_FORGET, {"words": sorted(words)})


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


_COUNTED = [DirectoryEntry.__table__.c[name] for name in entries.COUNTED]
_COUNTED_AT = [COLUMNS.index(name) for name in entries.COUNTED]
_LEARN = text("""
    INSERT INTO directory_word (word, shapes)
    SELECT w, w || array(SELECT DISTINCT left(w, i - 1) || substr(w, i + 1) FROM generate_series(1, length(w)) AS i)
    FROM unnest(CAST(:words AS varchar[])) AS w
    WHERE NOT EXISTS (SELECT FROM directory_word known WHERE known.word = w)
    ORDER BY w
    ON CONFLICT DO NOTHING
""")
_FORGET = text("""
    DELETE FROM directory_word AS known
    WHERE known.word = ANY (CAST(:words AS varchar[]))
    AND NOT EXISTS (SELECT FROM directory_entry AS entry WHERE entry.text LIKE '% ' || known.word || ' %')
""")
_FOLD = text("""
    WITH taken AS (DELETE FROM directory_tally WHERE from_day <= :today RETURNING *)
    INSERT INTO directory_tally (within, within_value, dimension, value, label, from_day, amount)
    SELECT within, within_value, dimension, value, label, DATE '0001-01-01', sum(amount)
    FROM taken GROUP BY within, within_value, dimension, value, label HAVING sum(amount) <> 0
""")
_SWEEP = text("DELETE FROM directory_change WHERE id < (SELECT max(id) FROM directory_change)")
