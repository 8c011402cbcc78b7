"""All tables: importing this imports every package's models, and migrations run against it."""

from typing import Any

from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import ssc.accounts.models
import ssc.communities.albums.models
import ssc.communities.chapters.models
import ssc.communities.conversations.models
import ssc.communities.groups.models
import ssc.communities.hosting.models
import ssc.contact.models
import ssc.core.audit
import ssc.core.mail
import ssc.directory.models
import ssc.events.models
import ssc.guide.models
import ssc.messaging.models
import ssc.moderation.models
import ssc.news.models
import ssc.news.newsletters.models
import ssc.notifications.models
import ssc.people.models
import ssc.programmes.models
import ssc.roster.bringing.models
import ssc.roster.importing.models
import ssc.roster.inviting.models
import ssc.roster.recovering.models
import ssc.roster.requesting.models
import ssc.stories.models  # imported for their tables
import ssc.writing.models  # noqa: F401  # imported for their tables
from ssc.core import migrations
from ssc.core.db import Base
from ssc.core.engines import sqlalchemy_url

metadata = Base.metadata


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Whether autogenerate should look at it: procrastinate brings its own tables."""
    return not (name or "").startswith("procrastinate_")


def migrate(url: str, revision: str = "head") -> None:
    """Brings the database at `url` to a revision. Two at once: the second waits, then finds nothing to do."""
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_lock(7273658)")
        connection.commit()
        connection.exec_driver_sql("SET lock_timeout = '15s'")  # never queue all readers behind a migration
        connection.commit()
        config = migrations.configuration()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("SELECT pg_advisory_unlock(7273658)")
            connection.commit()
    engine.dispose()
