"""Where Alembic meets the club: the models' metadata, and the connection it is handed."""

from alembic import context
from sqlalchemy.engine import Connection

from ssc import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    include_object=tables.is_ours,
    transaction_per_migration=True,
    compare_type=True,
)


def run(_connection: Connection) -> None:
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
