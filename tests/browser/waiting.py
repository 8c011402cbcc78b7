"""What a story need not wait for: minutes that pass, and work that is done behind the scenes."""

import psycopg

from tests.browser.club import Club
from tests.core.live.hearing import until

_DUE = "UPDATE notice SET mail_at = now() WHERE mail_at IS NOT NULL"
_ASKED = """
UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'notifications.mail_missed' AND status = 'todo'
"""
_WAITS = "SELECT EXISTS (SELECT FROM notice WHERE mail_at <= now())"


async def minutes_pass(club: Club) -> None:
    """The minutes a missed notice waits before it is mailed are over, and the club has looked at all that was due."""
    async with await psycopg.AsyncConnection.connect(club.database_url, autocommit=True) as connection:
        await connection.execute(_DUE)
        await connection.execute(_ASKED)

        async def is_done() -> bool:
            found = await (await connection.execute(_WAITS)).fetchone()
            return found == (False,)

        await until(is_done)
