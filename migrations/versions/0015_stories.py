"""Members' stories, their photos, consents and questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "writing_id",
            sa.Uuid(),
            nullable=False,
            comment="title, language, what is told freely; summary: how it begins",
        ),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.String(length=90), nullable=False),
        sa.Column(
            "prompts",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="rules.PROMPTS → Markdown, those that were answered",
        ),
        sa.Column(
            "byline", sa.String(length=80), nullable=False, comment="first name or nickname, as the author wants it"
        ),
        sa.Column("affiliation", sa.String(length=200), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column(
            "shows_profile",
            sa.Boolean(),
            nullable=False,
            comment="whether the name leads to the profile, for who may see that",
        ),
        sa.Column("takes_questions", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="how long it takes to read"),
        sa.Column("search_key", sa.Text(), nullable=False, comment="core.text.plain of what is told"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_story_published_at")),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'published', 'withdrawn')", name=op.f("ck_story_state")),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_story_author_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_story_exchange_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["writing_id"], ["writing.id"], name=op.f("fk_story_writing_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("slug", name=op.f("uq_story_slug")),
        sa.UniqueConstraint("writing_id", name=op.f("uq_story_writing_id")),
    )
    op.create_index("ix_story_author_id", "story", ["author_id"], unique=False)
    op.create_index("ix_story_exchange_id", "story", ["exchange_id"], unique=False)
    op.create_index(
        "ix_story_published_at",
        "story",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index(
        "ix_story_search_key",
        "story",
        ["search_key"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_story_submitted_at",
        "story",
        ["submitted_at"],
        unique=False,
        postgresql_where=sa.text("state = 'submitted'"),
    )
    op.create_table(
        "story_photo",
        sa.Column("id", sa.Uuid(), nullable=False, comment="the picture's"),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column(
            "shows_people",
            sa.Boolean(),
            nullable=False,
            comment="whether somebody can be recognised who must then agree",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["writing_picture.id"], name=op.f("fk_story_photo_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_photo_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_photo")),
    )
    op.create_index("ix_story_photo_story_id", "story_photo", ["story_id"], unique=False)
    op.create_table(
        "story_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="emptied once nothing more is sent to it"),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="of the secret in the letter that confirms it"),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False, comment="whether the answer stands under the story"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'delivered', 'declined', 'answered')", name=op.f("ck_story_question_state")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_question_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_question")),
        sa.UniqueConstraint("digest", name=op.f("uq_story_question_digest")),
    )
    op.create_index(
        "ix_story_question_confirmed_at",
        "story_question",
        ["confirmed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_story_question_story_id", "story_question", ["story_id"], unique=False)
    op.create_index(
        "ix_story_question_unconfirmed",
        "story_question",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "story_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('submit', 'return', 'publish', 'withdraw', 'revoke', 'edit')", name=op.f("ck_story_step_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_story_step_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_step_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_step")),
    )
    op.create_index("ix_story_step_story_id", "story_step", ["story_id", "id"], unique=False)
    op.create_table(
        "story_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True, comment="the picture that shows her, while it is there"),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column(
            "guardian",
            sa.String(length=120),
            nullable=False,
            comment="who agreed for her, where she is under 18; else empty",
        ),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=10)), nullable=False, comment="site, magazine, print"),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="of the secret in the address by which she takes it back",
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('pictured', 'quoted')", name=op.f("ck_story_consent_how")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_story_consent_member_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["story_photo.id"], name=op.f("fk_story_consent_photo_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_consent_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_consent")),
        sa.UniqueConstraint("digest", name=op.f("uq_story_consent_digest")),
    )
    op.create_index(
        "ix_story_consent_member_id",
        "story_consent",
        ["member_id"],
        unique=False,
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )
    op.create_index("ix_story_consent_photo_id", "story_consent", ["photo_id"], unique=False)
    op.create_index("ix_story_consent_story_id", "story_consent", ["story_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_story_consent_story_id", table_name="story_consent")
    op.drop_index("ix_story_consent_photo_id", table_name="story_consent")
    op.drop_index(
        "ix_story_consent_member_id", table_name="story_consent", postgresql_where=sa.text("member_id IS NOT NULL")
    )
    op.drop_table("story_consent")
    op.drop_index("ix_story_step_story_id", table_name="story_step")
    op.drop_table("story_step")
    op.drop_index(
        "ix_story_question_unconfirmed", table_name="story_question", postgresql_where=sa.text("state = 'asked'")
    )
    op.drop_index("ix_story_question_story_id", table_name="story_question")
    op.drop_index(
        "ix_story_question_confirmed_at", table_name="story_question", postgresql_where=sa.text("state = 'waiting'")
    )
    op.drop_table("story_question")
    op.drop_index("ix_story_photo_story_id", table_name="story_photo")
    op.drop_table("story_photo")
    op.drop_index("ix_story_submitted_at", table_name="story", postgresql_where=sa.text("state = 'submitted'"))
    op.drop_index(
        "ix_story_search_key", table_name="story", postgresql_using="gin", postgresql_ops={"search_key": "gin_trgm_ops"}
    )
    op.drop_index("ix_story_published_at", table_name="story", postgresql_where=sa.text("state = 'published'"))
    op.drop_index("ix_story_exchange_id", table_name="story")
    op.drop_index("ix_story_author_id", table_name="story")
    op.drop_table("story")
