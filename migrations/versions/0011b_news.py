"""The news: items, when they are before the public, and which kinds need a second person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011b"
down_revision = "0015"
branch_labels = None
depends_on = None

_KIND = "kind IN ('news', 'reunion-report', 'opportunity', 'notice')"


def upgrade() -> None:
    op.create_table(
        "news_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.String(length=2)), nullable=False, comment="none: all"),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column(
            "closes_on",
            sa.Date(),
            nullable=True,
            comment="the last day on which an opportunity is one, in Japan",
        ),
        sa.Column("original", sa.Uuid(), nullable=False, comment="the item it is a translation of, or its own id"),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False, comment="as it is signed"),
        sa.Column("writing_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_KIND, name=op.f("ck_news_item_kind")),
        sa.CheckConstraint("closes_on IS NULL OR kind = 'opportunity'", name=op.f("ck_news_item_closes_on")),
        _member("news_item", "author_id"),
        sa.ForeignKeyConstraint(["writing_id"], ["writing.id"], name=op.f("fk_news_item_writing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.UniqueConstraint("slug", name=op.f("uq_news_item_slug")),
        sa.UniqueConstraint("writing_id", name=op.f("uq_news_item_writing_id")),
    )
    op.create_index("ix_news_item_original", "news_item", ["original"], unique=False)
    op.create_index("ix_news_item_author_id", "news_item", ["author_id"], unique=False)
    op.create_table(
        "news_publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False, comment="to who handed it in, when it was given back"),
        sa.Column(
            "appeared_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when what follows from its appearing was asked for",
        ),
        sa.Column(
            "mail_to",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="the audience to which it goes as mail magazine",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["news_item.id"], name=op.f("fk_news_publication_item_id"), ondelete="CASCADE"
        ),
        _member("news_publication", "asked_by"),
        _member("news_publication", "approved_by"),
        _member("news_publication", "withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_publication")),
    )
    op.create_index("ix_news_publication_at", "news_publication", ["at", "item_id"], unique=False)
    op.create_index(
        "uq_news_publication_standing",
        "news_publication",
        ["item_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "news_kind_rule",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False, comment="whether a second person must approve"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(_KIND, name=op.f("ck_news_kind_rule_kind")),
        _member("news_kind_rule", "changed_by"),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_news_kind_rule")),
    )


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_{table}_{column}"), ondelete="SET NULL")


def downgrade() -> None:
    op.drop_table("news_kind_rule")
    op.drop_table("news_publication")
    op.drop_table("news_item")
