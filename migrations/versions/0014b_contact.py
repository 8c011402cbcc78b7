"""Messages to the secretariat, and who wants to hear when a programme's call opens."""

import sqlalchemy as sa
from alembic import op

revision = "0014b"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False, comment="as typed: nobody has proven it"),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="empty: laid aside without one"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_message")),
    )
    op.create_index("ix_contact_message_closed_at", "contact_message", ["closed_at", "created_at", "id"])
    op.create_table(
        "guide_watch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=320), nullable=False, comment="accounts.addresses.key_of the address"),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_watch")),
        sa.UniqueConstraint("slug", "key", name=op.f("uq_guide_watch_slug_key")),
    )


def downgrade() -> None:
    op.drop_table("guide_watch")
    op.drop_index("ix_contact_message_closed_at", table_name="contact_message")
    op.drop_table("contact_message")
