"""Migrations: where they are, which is the newest, and which one the database has."""

from functools import cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from ssc.core.config import resource
from ssc.core.db import Session


def configuration() -> Config:
    """Alembic's configuration; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))
    return config


@cache
def head() -> str:
    """The newest revision this version knows."""
    found = ScriptDirectory.from_config(configuration()).get_current_head()
    assert found is not None
    return found


async def applied(session: Session) -> str | None:
    """The revision that the database has; None for an empty one."""
    if not await session.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL")):
        return None
    found: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return found
