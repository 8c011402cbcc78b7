"""The mail magazine: its issues, and what each says in a language."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "newsletter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "items",
            postgresql.ARRAY(sa.Uuid()),
            nullable=False,
            comment="items of news in their order, each as in the language of an edition",
        ),
        sa.Column("audience", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="news.forms.Audience"),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column(
            "queued_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when its letters were written, all at once",
        ),
        sa.Column(
            "stopped_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when what had not left was called back",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _member("made_by"),
        _member("sent_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter")),
    )
    op.create_index("ix_newsletter_created_at", "newsletter", ["created_at"], unique=False)
    op.create_table(
        "newsletter_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("newsletter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "place",
            sa.Integer(),
            nullable=False,
            comment="the first is for readers of no other language of the issue",
        ),
        sa.Column("lang", sa.String(length=12), nullable=False, comment="BCP 47"),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="Markdown; the items of news follow it"),
        sa.ForeignKeyConstraint(
            ["newsletter_id"], ["newsletter.id"], name=op.f("fk_newsletter_edition_newsletter_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_edition")),
        sa.UniqueConstraint("newsletter_id", "lang", name=op.f("uq_newsletter_edition_newsletter_id_lang")),
    )


def _member(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_newsletter_{column}"), ondelete="SET NULL")


def downgrade() -> None:
    op.drop_table("newsletter_edition")
    op.drop_table("newsletter")
