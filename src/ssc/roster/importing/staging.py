"""The rows of a file in a table of this transaction, where the rest is set arithmetic."""

from collections.abc import Awaitable, Callable, Iterator
from itertools import islice

import anyio
from sqlalchemy import text

from ssc.core.db import Session
from ssc.roster.importing.lines import COLUMNS, Line, as_copy

BATCH = 1000

Told = Callable[[int], Awaitable[None]]

# A UUIDv7 made by the server: PostgreSQL 17 has no function of its own for it.
UUID7 = """encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid"""

_TABLES = (
    "roster_row",
    "roster_person",
    "roster_address",
    "roster_code",
    "roster_pair",
    "roster_change",
    "roster_loss",
    "roster_candidate",
    "roster_result",
    "roster_organisation",
    "roster_exchange",
    "roster_gone",
    "roster_same",
    "roster_still",
    "roster_brought",
)  # fmt: skip

_ROWS = """
CREATE TEMP TABLE roster_row (
    row int PRIMARY KEY, person int, code text, code_made bool, withdrawn bool, faults jsonb, name text, name_key text,
    name_native text, country text, birth_date date, emails text[], email_keys text[], host_key text,
    sending_keys text[], key bytea, line jsonb, digest bigint
) ON COMMIT DROP
"""


async def stage(session: Session, lines: Iterator[Line], told: Told) -> int:
    """Fills `roster_row`; how many rows there are. Reading happens in a thread, so that others are served."""
    await _clear(session)
    await session.execute(text(_ROWS))
    count = 0
    cursor = (await session.driver()).cursor()
    async with cursor, cursor.copy(f"COPY roster_row ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        while True:
            rows, block = await anyio.to_thread.run_sync(_next_block, lines)
            if not rows:
                break
            await copy.write(block)
            count += rows
            await told(count)
    await session.execute(text("ANALYZE roster_row"))
    return count


def _next_block(lines: Iterator[Line]) -> tuple[int, bytes]:
    batch = list(islice(lines, BATCH))
    return len(batch), as_copy(batch)


async def _clear(session: Session) -> None:
    """A transaction may import twice: two decisions, for example."""
    await session.execute(text(f"DROP TABLE IF EXISTS {', '.join(_TABLES)}"))
