"""The guide: what editors corrected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guide_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False, comment="empty: the facts, which need no language"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True, comment="the member who wrote it"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_edition")),
        sa.UniqueConstraint("slug", "lang", "number", name=op.f("uq_guide_edition_slug_lang_number")),
    )


def downgrade() -> None:
    op.drop_table("guide_edition")
