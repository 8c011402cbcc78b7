"""How a text read before."""

from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.writing.models import Version


async def versions_of(session: Session, writing_id: UUID) -> list[Version]:
    """The latest first. Whether the viewer may see them is the page's own question."""
    rows = await session.scalars(select(Version).where(Version.writing_id == writing_id).order_by(Version.rev.desc()))
    return list(rows)
