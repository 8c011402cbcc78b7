"""Texts with their versions, who is at them, links to look before the time, and pictures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "writing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lang", sa.String(length=35), nullable=False, comment="BCP 47"),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _member("writing", "written_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing")),
    )
    op.create_table(
        "writing_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        _writing("writing_version"),
        _member("writing_version", "written_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_version")),
        sa.UniqueConstraint("writing_id", "rev", name=op.f("uq_writing_version_writing_id_rev")),
    )
    op.create_table(
        "writing_editing",
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False, comment="the revision that she began from"),
        sa.Column(
            "typed",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="the form's fields, not yet saved",
        ),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=True),
        _writing("writing_editing"),
        _member("writing_editing", "member_id", "CASCADE"),
        sa.PrimaryKeyConstraint("writing_id", "member_id", name=op.f("pk_writing_editing")),
    )
    op.create_table(
        "writing_preview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the token"),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _writing("writing_preview"),
        _member("writing_preview", "made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_preview")),
        sa.UniqueConstraint("digest", name=op.f("uq_writing_preview_digest")),
    )
    op.create_index("ix_writing_preview_writing_id", "writing_preview", ["writing_id"], unique=False)
    op.create_table(
        "writing_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=False, comment="what it shows, in words"),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("brought_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _writing("writing_picture"),
        _member("writing_picture", "brought_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_picture")),
    )
    op.create_index("ix_writing_picture_writing_id", "writing_picture", ["writing_id"], unique=False)


def _member(table: str, column: str, ondelete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _writing(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["writing_id"], ["writing.id"], name=op.f(f"fk_{table}_writing_id"), ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_table("writing_picture")
    op.drop_table("writing_preview")
    op.drop_table("writing_editing")
    op.drop_table("writing_version")
    op.drop_table("writing")
