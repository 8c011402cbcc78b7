"""Links that members made for missing mates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class ClaimLink(Identified, Dated, Base):
    """That a member made a link for somebody of her exchange; its secret is an `accounts.tokens` one."""

    __tablename__ = "claim_link"
    __table_args__ = (Index("ix_claim_link_record_id", "record_id"), Index("ix_claim_link_made_by", "made_by"))

    record_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    errors: Mapped[int] = mapped_column(default=0, comment="birth dates given that were not the record's")
    ended_at: Mapped[datetime | None] = mapped_column(comment="used, replaced by a newer one, or too many errors")
