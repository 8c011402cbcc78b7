"""Stories, their photos, who agreed to what, what editors and authors said to each other, what visitors asked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.writing.models import Picture, Writing


class Story(Identified, Dated, Base):
    """What a member tells of an exchange. Public while it is `published` and rules about the author hold."""

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint("writing_id"),
        CheckConstraint("state IN ('draft', 'submitted', 'published', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at"),
        Index("ix_story_author_id", "author_id"),
        Index("ix_story_exchange_id", "exchange_id"),
        Index("ix_story_published_at", "published_at", "id", postgresql_where=text("state = 'published'")),
        Index("ix_story_submitted_at", "submitted_at", postgresql_where=text("state = 'submitted'")),
        Index(
            "ix_story_search_key", "search_key", postgresql_using="gin", postgresql_ops={"search_key": "gin_trgm_ops"}
        ),
    )

    writing_id: Mapped[UUID] = mapped_column(
        ForeignKey("writing.id", ondelete="CASCADE"),
        comment="title, language, what is told freely; summary: how it begins",
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    exchange_id: Mapped[UUID | None] = mapped_column(ForeignKey("exchange.id", ondelete="SET NULL"))
    slug: Mapped[str] = mapped_column(String(90))
    prompts: Mapped[dict[str, Any]] = mapped_column(comment="rules.PROMPTS → Markdown, those that were answered")
    byline: Mapped[str] = mapped_column(String(80), comment="first name or nickname, as the author wants it")
    affiliation: Mapped[str] = mapped_column(String(200))
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    shows_profile: Mapped[bool] = mapped_column(comment="whether the name leads to the profile, for who may see that")
    takes_questions: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    minutes: Mapped[int] = mapped_column(comment="how long it takes to read")
    search_key: Mapped[str] = mapped_column(Text, comment="core.text.plain of what is told")
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    writing: Mapped[Writing] = relationship(lazy="raise")
    author: Mapped[Member] = relationship(lazy="raise")
    exchange: Mapped[Exchange | None] = relationship(lazy="raise")
    photos: Mapped[list["StoryPhoto"]] = relationship(lazy="raise", order_by="StoryPhoto.id", viewonly=True)
    consents: Mapped[list["StoryConsent"]] = relationship(lazy="raise", order_by="StoryConsent.id", viewonly=True)
    steps: Mapped[list["StoryStep"]] = relationship(lazy="raise", order_by="StoryStep.created_at", viewonly=True)


class StoryPhoto(Dated, Base):
    """That a picture of a story's text is a photo of hers. Its address is asked at every read who may see it."""

    __tablename__ = "story_photo"
    __table_args__ = (Index("ix_story_photo_story_id", "story_id"),)

    id: Mapped[UUID] = mapped_column(
        ForeignKey("writing_picture.id", ondelete="CASCADE"), primary_key=True, sort_order=-10, comment="the picture's"
    )
    story_id: Mapped[UUID] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    caption: Mapped[str] = mapped_column(String(300))
    shows_people: Mapped[bool] = mapped_column(comment="whether somebody can be recognised who must then agree")

    picture: Mapped[Picture] = relationship(lazy="raise")


class StoryConsent(Identified, Dated, Base):
    """That a person agreed to be pictured or quoted, for what use; her own word ends it, at once."""

    __tablename__ = "story_consent"
    __table_args__ = (
        UniqueConstraint("digest"),
        Index("ix_story_consent_story_id", "story_id"),
        Index("ix_story_consent_photo_id", "photo_id"),
        Index("ix_story_consent_member_id", "member_id", postgresql_where=text("member_id IS NOT NULL")),
        CheckConstraint("how IN ('pictured', 'quoted')", name="how"),
    )

    story_id: Mapped[UUID] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    photo_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("story_photo.id", ondelete="SET NULL"), comment="the picture that shows her, while it is there"
    )
    how: Mapped[str] = mapped_column(String(10))
    person: Mapped[str] = mapped_column(String(120))
    guardian: Mapped[str] = mapped_column(String(120), comment="who agreed for her, where she is under 18; else empty")
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(10)), comment="site, magazine, print")
    given_on: Mapped[date]
    digest: Mapped[bytes] = mapped_column(comment="of the secret in the address by which she takes it back")
    recorded_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]


class StoryStep(Identified, Dated, Base):
    """A step on a story's way, by whom, with what was said: submit, return, publish, withdraw, revoke."""

    __tablename__ = "story_step"
    __table_args__ = (
        Index("ix_story_step_story_id", "story_id", "id"),
        CheckConstraint("kind IN ('submit', 'return', 'publish', 'withdraw', 'revoke', 'edit')", name="kind"),
    )

    story_id: Mapped[UUID] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, default="")


class StoryQuestion(Identified, Dated, Base):
    """What a visitor asks the author: confirmed by mail, screened by a moderator, delivered, answered.

    The address is kept no longer than an answer may go to it; neither side ever sees the other's.
    """

    __tablename__ = "story_question"
    __table_args__ = (
        UniqueConstraint("digest"),
        Index("ix_story_question_story_id", "story_id"),
        Index("ix_story_question_confirmed_at", "confirmed_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_story_question_unconfirmed", "created_at", postgresql_where=text("state = 'asked'")),
        CheckConstraint("state IN ('asked', 'waiting', 'delivered', 'declined', 'answered')", name="state"),
    )

    story_id: Mapped[UUID] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), comment="emptied once nothing more is sent to it")
    language: Mapped[str] = mapped_column(String(12))
    question: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    digest: Mapped[bytes] = mapped_column(comment="of the secret in the letter that confirms it")
    confirmed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    is_public: Mapped[bool] = mapped_column(default=False, comment="whether the answer stands under the story")
    answered_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship(lazy="raise")
