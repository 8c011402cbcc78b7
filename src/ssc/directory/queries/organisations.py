"""Organisations by what people call them."""

from uuid import UUID

from sqlalchemy import or_, select

from ssc.core import ids, text
from ssc.core.db import Session
from ssc.programmes.models import OrganisationName


async def organisations_called(session: Session, asked: list[str]) -> list[UUID]:
    """The ids meant: an id as it is, else every organisation one of whose names holds the words."""
    given = [ids.parse(one) for one in asked]
    named = [text.plain(one) for one, known in zip(asked, given, strict=True) if known is None and one.strip()]
    found = [one for one in given if one is not None]
    if named:
        has_name = or_(*(OrganisationName.key.contains(name, autoescape=True) for name in named))
        found += await session.scalars(select(OrganisationName.organisation_id).where(has_name).distinct())
    return found
