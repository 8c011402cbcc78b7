"""The rows of roster files as they count for members."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_line",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column(
            "digest",
            sa.BigInteger(),
            nullable=False,
            comment="of what the row says, and of which fields its file has",
        ),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="rules.identity of the row"),
        sa.Column("line", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column(
            "brought",
            sa.Boolean(),
            nullable=False,
            comment="whether the participation came with the roster's lines",
        ),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_roster_line_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_roster_line_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "exchange_id", "digest", name=op.f("pk_roster_line")),
    )
    op.create_index("ix_roster_line_exchange_id", "roster_line", ["exchange_id"], unique=False)
    op.execute(_ENTRIES)
    op.alter_column(
        "roster_identity",
        "member_id",
        existing_type=sa.Uuid(),
        nullable=True,
        comment="None: took no part, and was nobody known",
    )
    op.alter_column(
        "waiting_person",
        "lines",
        existing_type=postgresql.JSONB(astext_type=sa.Text()),
        existing_nullable=False,
        comment="[{row, code, withdrawn, line, rows: [[key, digest]]}], one an exchange",
        existing_comment="[{row, code, withdrawn, line, keys}], one an exchange",
    )
    op.execute(_ROWS.format(f"(entry || jsonb_build_object('rows', {_PAIRS})) - 'keys'"))


def downgrade() -> None:
    op.execute(_ROWS.format(f"(entry || jsonb_build_object('keys', {_KEYS})) - 'rows'"))
    op.alter_column(
        "waiting_person",
        "lines",
        existing_type=postgresql.JSONB(astext_type=sa.Text()),
        existing_nullable=False,
        comment="[{row, code, withdrawn, line, keys}], one an exchange",
        existing_comment="[{row, code, withdrawn, line, rows: [[key, digest]]}], one an exchange",
    )
    op.execute("DELETE FROM roster_identity WHERE member_id IS NULL")
    op.alter_column(
        "roster_identity",
        "member_id",
        existing_type=sa.Uuid(),
        nullable=False,
        comment=None,
        existing_comment="None: took no part, and was nobody known",
    )
    op.drop_index("ix_roster_line_exchange_id", table_name="roster_line")
    op.drop_table("roster_line")


# What was imported before has no digests; 0 is nobody's.
_ENTRIES = """
INSERT INTO roster_line
    (member_id, exchange_id, digest, key, line, withdrawn, brought, row, file_name, applied_at)
SELECT member_id, exchange_id, 0, '', line, false, true, row, file_name, updated_at FROM roster_entry
"""
_ROWS = "UPDATE waiting_person SET lines = (SELECT jsonb_agg({}) FROM jsonb_array_elements(lines) l(entry))"
_PAIRS = "(SELECT jsonb_agg(jsonb_build_array(k, 0)) FROM jsonb_array_elements(entry->'keys') k)"
_KEYS = "(SELECT jsonb_agg(DISTINCT k->0) FROM jsonb_array_elements(entry->'rows') k)"
