"""Mailings: what many are told in the same words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mailing_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False, comment="what may withdraw its letters"),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column(
            "tally",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="state → how many of its letters the log has forgotten",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording")),
        sa.UniqueConstraint("mailing_id", "language", name=op.f("uq_mail_wording_mailing_id_language")),
    )
    for column in _COLUMNS:
        op.add_column("outgoing_letter", column())
    op.create_foreign_key(
        op.f("fk_outgoing_letter_wording_id"),
        "outgoing_letter",
        "mail_wording",
        ["wording_id"],
        ["id"],
        ondelete="CASCADE",
    )
    _comment_priority("0 somebody waits for it, 1 a notice, 2 many at once", ", 3 a mailing")
    for name, columns, unique in _INDEXES:
        where = sa.text("wording_id IS NOT NULL" if columns == ["wording_id"] else "mailing_id IS NOT NULL")
        op.create_index(name, "outgoing_letter", columns, unique=unique, postgresql_where=where)


def downgrade() -> None:
    op.execute("DELETE FROM outgoing_letter WHERE mailing_id IS NOT NULL")
    for name, _columns, _unique in reversed(_INDEXES):
        op.drop_index(name, table_name="outgoing_letter")
    _comment_priority("0 somebody waits for it, 1 a notice, 2 many at once, 3 a mailing", "")
    op.drop_constraint(op.f("fk_outgoing_letter_wording_id"), "outgoing_letter", type_="foreignkey")
    for column in reversed(_COLUMNS):
        op.drop_column("outgoing_letter", column().name)
    op.drop_table("mail_wording")


def _comment_priority(before: str, more: str) -> None:
    op.alter_column(
        "outgoing_letter",
        "priority",
        existing_type=sa.SmallInteger(),
        existing_nullable=False,
        existing_server_default=sa.text("0"),
        existing_comment=before,
        comment=before.removesuffix(", 3 a mailing") + more,
    )


_COLUMNS = (
    lambda: sa.Column("mailing_id", sa.Uuid(), nullable=True, comment="of which a reader gets one letter"),
    lambda: sa.Column("wording_id", sa.Uuid(), nullable=True, comment="where its words are, with marks"),
    lambda: sa.Column(
        "fills",
        postgresql.JSONB(),
        server_default="{}",
        nullable=False,
        comment="mark → what this reader reads there",
    ),
    lambda: sa.Column(
        "left_at", sa.DateTime(timezone=True), nullable=True, comment="when its reader pressed its way out"
    ),
)
_INDEXES = (
    ("uq_outgoing_letter_mailing", ["mailing_id", "member_id"], True),
    ("ix_outgoing_letter_paced", ["sent_at"], False),
    ("ix_outgoing_letter_wording_id", ["wording_id"], False),
)
