"""Exchanges and organisations."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core.db import Base, Dated, Identified


class Organisation(Identified, Dated, Base):
    """A university, school, institute or company that received or sent people. `name` is its present one."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str | None] = mapped_column(String(2), comment="ISO 3166-1 alpha-2; unknown for some senders")

    names: Mapped[list["OrganisationName"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="OrganisationName.name"
    )


class OrganisationName(Identified, Base):
    """A name by which an organisation is found: present, former, native, abbreviated."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_organisation_name_organisation_id", "organisation_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(400), comment="core.text.plain of the name: one name, one organisation")


class Exchange(Identified, Dated, Base):
    """One visit that took place: a cohort of people, a host, one or more senders, some days."""

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="in_order"),
        Index("ix_exchange_fiscal_year", "fiscal_year", "code"),
        Index("ix_exchange_host_id", "host_id"),
    )

    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300), default="")
    programme: Mapped[str] = mapped_column(String(30), comment="a code of programmes.catalogue")
    fiscal_year: Mapped[int]
    host_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(120)), default=list)
    countries: Mapped[list[str]] = mapped_column(
        ARRAY(String(2)), default=list, comment="of its people; kept by people.actions"
    )

    host: Mapped[Organisation | None] = relationship(lazy="raise")
    sending: Mapped[list[Organisation]] = relationship(
        secondary="exchange_sending", lazy="raise", order_by="exchange_sending.c.position"
    )


class ExchangeSending(Base):
    """That an organisation sent people to an exchange, in the order of the roster."""

    __tablename__ = "exchange_sending"
    __table_args__ = (Index("ix_exchange_sending_organisation_id", "organisation_id"),)

    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
