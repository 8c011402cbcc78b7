"""Threads that are closed, with the writer that heeds it; recoveries on which the secretariat alone decides."""

import sqlalchemy as sa
from alembic import op

revision = "0021r"
down_revision = "0020m"
branch_labels = None
depends_on = None

KINDS = "kind IN ('text', 'joined', 'left', 'renamed')"
MORE_KINDS = "kind IN ('text', 'joined', 'left', 'renamed', 'closed', 'opened')"
CLOSED = "nobody writes any more until it is opened again; read and reacted to it still is"
WHY = "why, as who closed it says; stands where one would write"
BY_STAFF = "only the secretariat opens it: the roster could not check the birth date"
SAID = "as she gave it, for the secretariat to check; gone once it is decided"

# What stores messages is asked for as it stands, whichever revision wrote it last, and heeds one thing more.
HEEDS = {
    "tm.left_at, tm.posts,": "tm.left_at, t.closed_at, tm.posts,",
    "WHERE left_at IS NULL AND posts": "WHERE left_at IS NULL AND closed_at IS NULL AND posts",
}


def upgrade() -> None:
    op.add_column("thread", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True, comment=CLOSED))
    op.add_column(
        "thread",
        sa.Column("closed_note", sa.String(300), server_default=sa.text("''"), nullable=False, comment=WHY),
    )
    op.add_column(
        "recovery",
        sa.Column("by_staff", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment=BY_STAFF),
    )
    op.add_column("recovery", sa.Column("birth_date", sa.Date(), nullable=True, comment=SAID))
    op.add_column("conversation", sa.Column("closed_by", sa.Uuid(), nullable=True))
    _kinds(MORE_KINDS)
    _rewrite(HEEDS)
    # Closed groups were those in which nobody writes.
    op.execute(
        """
        UPDATE thread t SET closed_at = g.closed_at FROM topic_group g
        WHERE g.closed_at IS NOT NULL AND (t.subject = 'group:' || g.id OR t.subject IN (
            SELECT 'conversation:' || c.id FROM conversation c WHERE c.community = 'group:' || g.id
        ))
        """
    )


def downgrade() -> None:
    _rewrite({after: before for before, after in HEEDS.items()})
    op.execute("DELETE FROM message WHERE kind IN ('closed', 'opened')")
    _kinds(KINDS)
    op.drop_column("conversation", "closed_by")
    op.drop_column("recovery", "birth_date")
    op.drop_column("recovery", "by_staff")
    op.drop_column("thread", "closed_note")
    op.drop_column("thread", "closed_at")


def _kinds(condition: str) -> None:
    op.drop_constraint(op.f("ck_message_kind"), "message")
    op.create_check_constraint(op.f("ck_message_kind"), "message", condition)


def _rewrite(changes: dict[str, str]) -> None:
    bound = op.get_bind()
    (written,) = bound.execute(
        sa.text("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'store_ready_messages'")
    ).one()
    for before, after in changes.items():
        assert written.count(before) == 1, "store_ready_messages asks otherwise who may write"
        written = written.replace(before, after)
    bound.exec_driver_sql(written.replace("%", "%%"))
