"""What is left of an event: the survey, the report, certificates."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
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
    published_at: Mapped[datetime | None]
    news_slug: Mapped[str | None] = mapped_column(String(120), comment="under which it is published as news")
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class Certificate(Identified, Dated, Base):
    """That the club certifies that somebody was at an event; whoever has the code can look it up."""

    __tablename__ = "event_certificate"
    __table_args__ = (UniqueConstraint("code"), UniqueConstraint("event_id", "member_id"))

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), comment="as it was on that day")
