"""What the directory searches and counts: of each profile what readers of each closeness may see, no more."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, SmallInteger, String, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base
from ssc.people.rules import Audience

EVERYONE, MEMBERS, COHORTS = range(3)
REACHES: tuple[Audience, ...] = ("everyone", "members", "cohorts")


class DirectoryEntry(Base):
    """A claimed profile as visitors, members or cohort-mates may find it. Kept by `actions.refresh`.

    What a reader of this closeness may not see is not in the row, so nothing that reads the row can leak it.
    The row for mates is there only where it holds more than the members' one.
    """

    __tablename__ = "directory_entry"
    __table_args__ = (
        Index("ix_directory_entry_sort_key", "sort_key", "member_id", "reach"),
        Index("ix_directory_entry_everyone", "sort_key", "member_id", postgresql_where=text("reach = 0")),
        Index("ix_directory_entry_country", "country", "sort_key", "member_id"),
        Index("ix_directory_entry_lives_in", "lives_in"),
        Index("ix_directory_entry_text", "text", postgresql_using="gin", postgresql_ops={"text": "gin_trgm_ops"}),
        Index("ix_directory_entry_programmes", "programmes", postgresql_using="gin"),
        Index("ix_directory_entry_fiscal_years", "fiscal_years", postgresql_using="gin"),
        Index("ix_directory_entry_field_keys", "field_keys", postgresql_using="gin"),
        Index("ix_directory_entry_organisations", "hosts", "sendings", "exchanges", postgresql_using="gin"),
        CheckConstraint("reach BETWEEN 0 AND 2", name="reach"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    reach: Mapped[int] = mapped_column(SmallInteger, primary_key=True, comment="0 everyone, 1 members, 2 cohorts")
    adult_from: Mapped[date]
    chapter: Mapped[str] = mapped_column(String(2), comment="whose coordinators see her while she is a minor")
    sort_key: Mapped[str] = mapped_column(String(240))
    names: Mapped[str] = mapped_column(Text, comment="directory.words.searchable of the names")
    text: Mapped[str] = mapped_column(Text, comment="the same of all that is searched")
    country: Mapped[str | None] = mapped_column(String(2))
    lives_in: Mapped[str | None] = mapped_column(String(2))
    programmes: Mapped[list[str]] = mapped_column(ARRAY(String(30)))
    fiscal_years: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    exchanges: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    hosts: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    sendings: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    field_keys: Mapped[list[str]] = mapped_column(ARRAY(String(240)), comment="as `fields`, as compared")
    open_to: Mapped[list[str]] = mapped_column(ARRAY(String(20)))


class DirectoryTally(Base):
    """A change in how many members the directory shows: rows of one key add up to a facet's count.

    Counts that every member shares are read here instead of from the entries; a change adds rows and
    locks none, and a job folds them.
    """

    __tablename__ = "directory_tally"
    __table_args__ = (Index("ix_directory_tally_within", "within", "within_value"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    within: Mapped[str] = mapped_column(String(12), comment="the filter under which it counts, or empty")
    within_value: Mapped[str] = mapped_column(String(240))
    dimension: Mapped[str] = mapped_column(String(12), comment="what is counted; empty: all")
    value: Mapped[str] = mapped_column(String(240))
    label: Mapped[str] = mapped_column(String(120), comment="the value as people write it")
    from_day: Mapped[date] = mapped_column(comment="counts from this day on: a minor's, from adulthood")
    amount: Mapped[int]


class DirectoryWord(Base):
    """A word that occurs in some entry, for mistyped searches; it leads nowhere by itself."""

    __tablename__ = "directory_word"
    __table_args__ = (Index("ix_directory_word_shapes", "shapes", postgresql_using="gin"),)

    word: Mapped[str] = mapped_column(String(24), primary_key=True)
    shapes: Mapped[list[str]] = mapped_column(ARRAY(String(24)), comment="the word, and it without any one letter")


class DirectoryChange(Base):
    """That the directory changed: what was prepared from it before is prepared anew. Old rows are swept away."""

    __tablename__ = "directory_change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
