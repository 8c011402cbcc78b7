"""What is left of an event: the survey, the report, what people said and agreed to be quoted with."""

import uuid
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Survey(Dated, Base):
    """The questions put to those who were there, and until when."""

    __tablename__ = "event_survey"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="[{key, label, kind, choices, required}]")
    closes_at: Mapped[datetime]


class SurveyTaken(Base):
    """That a member has answered a survey: nothing leads from here to what she said, not even a time."""

    __tablename__ = "event_survey_taken"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class SurveyAnswer(Base):
    """What somebody said in a survey. Its id is of chance alone: an id of ours would tell when."""

    __tablename__ = "event_survey_answer"
    __table_args__ = (Index("ix_event_survey_answer_event_id", "event_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    answers: Mapped[dict[str, Any]]


class Report(Dated, Base):
    """The public report of an event, written by an organiser from a template that was filled in already."""

    __tablename__ = "event_report"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(500), default="")
    body: Mapped[str] = mapped_column(Text, comment="Markdown")
    lang: Mapped[str] = mapped_column(String(12), default="en")
    written_by: Mapped[UUID | None]
    writing_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("writing.id", ondelete="SET NULL"), comment="what its photos hang on, and becomes the news"
    )
    published_at: Mapped[datetime | None]
    news_slug: Mapped[str | None] = mapped_column(String(120), comment="under which it is published as news")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class Quote(Identified, Dated, Base):
    """That somebody was asked whether the report may quote her: only she can say yes, and takes it back at any time."""

    __tablename__ = "event_quote"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        Index("ix_event_quote_member_id", "member_id"),
        CheckConstraint("agreed_at IS NULL OR refused_at IS NULL", name="said"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    asked_by: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(Text, comment="as proposed, then in her own words")
    signed: Mapped[str] = mapped_column(String(160), default="", comment="the name under it, as she agreed to it")
    agreed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None] = mapped_column(comment="or taken back")
    printed: Mapped[str] = mapped_column(Text, default="", comment="exactly as it went into the published report")

    @property
    def state(self) -> Literal["asked", "agreed", "refused"]:
        if self.agreed_at is not None:
            return "agreed"
        return "asked" if self.refused_at is None else "refused"
