"""Roster imports, their rows, likely duplicates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_file")),
    )
    op.create_table(
        "roster_mapping",
        sa.Column("signature", sa.LargeBinary(), nullable=False, comment="digest of the folded header"),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_roster_mapping")),
    )
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column(
            "mapping", postgresql.JSONB(), nullable=True, comment="as reading.Mapping keeps it; None: by the header"
        ),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False, comment="of the file; an estimate until all are read"),
        sa.Column("done", sa.Integer(), nullable=False, comment="how far, in rows"),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=True,
            comment="of the good rows, whatever the file's format",
        ),
        sa.Column(
            "failure", postgresql.JSONB(), nullable=True, comment="{reason, values} of reading.NotATable, or a word"
        ),
        sa.Column("started_by", sa.Uuid(), nullable=True, comment="None: from the command line"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_roster_import_state")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["roster_file.id"], name=op.f("fk_roster_import_file_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index("ix_roster_import_digest", "roster_import", ["digest"], unique=False)
    op.create_index("ix_roster_import_file_id", "roster_import", ["file_id"], unique=False)
    op.create_table(
        "waiting_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="rules.identity of her first line"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "lines", postgresql.JSONB(), nullable=False, comment="[{row, code, withdrawn, line, keys}], one an exchange"
        ),
        sa.Column("columns", postgresql.JSONB(), nullable=False, comment="the fields that the file has"),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="who she is, once decided"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_waiting_person_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_person")),
        sa.UniqueConstraint("key", name=op.f("uq_waiting_person_key")),
    )
    op.create_index("ix_waiting_person_member_id", "waiting_person", ["member_id"], unique=False)
    op.create_table(
        "duplicate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True, comment="a member; no key, since merging removes the record"),
        sa.Column("waiting_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "likeness",
            postgresql.JSONB(),
            nullable=False,
            comment="{name, birth_date, exchange, address, country: a word}",
        ),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", postgresql.JSONB(), nullable=True, comment="what merging moved, for moving it back"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('same', 'different')", name=op.f("ck_duplicate_decision")),
        sa.CheckConstraint("num_nonnulls(other_id, waiting_id) = 1", name=op.f("ck_duplicate_two_sides")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_duplicate_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["waiting_id"], ["waiting_person.id"], name=op.f("fk_duplicate_waiting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate")),
        sa.UniqueConstraint("member_id", "other_id", name=op.f("uq_duplicate_member_id_other_id")),
        sa.UniqueConstraint("member_id", "waiting_id", name=op.f("uq_duplicate_member_id_waiting_id")),
    )
    op.create_index("ix_duplicate_other_id", "duplicate", ["other_id"], unique=False)
    op.create_index("ix_duplicate_waiting_id", "duplicate", ["waiting_id"], unique=False)
    op.create_table(
        "roster_entry",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("line", postgresql.JSONB(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_roster_entry_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_roster_entry_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "exchange_id", name=op.f("pk_roster_entry")),
    )
    op.create_index("ix_roster_entry_exchange_id", "roster_entry", ["exchange_id"], unique=False)
    op.create_table(
        "roster_identity",
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="rules.identity of the line"),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_roster_identity_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_roster_identity")),
    )
    op.create_index("ix_roster_identity_member_id", "roster_identity", ["member_id"], unique=False)
    op.create_table(
        "roster_outcome",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("errors", postgresql.JSONB(), nullable=False, comment="[{column, fault, values}]"),
        sa.Column("changes", postgresql.JSONB(), nullable=False, comment="{field: [before, after]}"),
        sa.CheckConstraint(
            "outcome IN ('created', 'updated', 'unchanged', 'waiting', 'bad')", name=op.f("ck_roster_outcome_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_roster_outcome_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_roster_outcome_member_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_roster_outcome")),
    )
    op.create_index("ix_roster_outcome_member_id", "roster_outcome", ["member_id"], unique=False)
    op.create_index("ix_roster_outcome_outcome", "roster_outcome", ["import_id", "outcome", "row"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_roster_outcome_outcome", table_name="roster_outcome")
    op.drop_index("ix_roster_outcome_member_id", table_name="roster_outcome")
    op.drop_table("roster_outcome")
    op.drop_index("ix_roster_identity_member_id", table_name="roster_identity")
    op.drop_table("roster_identity")
    op.drop_index("ix_roster_entry_exchange_id", table_name="roster_entry")
    op.drop_table("roster_entry")
    op.drop_index("ix_duplicate_waiting_id", table_name="duplicate")
    op.drop_index("ix_duplicate_other_id", table_name="duplicate")
    op.drop_table("duplicate")
    op.drop_index("ix_waiting_person_member_id", table_name="waiting_person")
    op.drop_table("waiting_person")
    op.drop_index("ix_roster_import_digest", table_name="roster_import")
    op.drop_index("ix_roster_import_file_id", table_name="roster_import")
    op.drop_table("roster_import")
    op.drop_table("roster_mapping")
    op.drop_table("roster_file")
