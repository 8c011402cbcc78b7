"""What staff reach by the id in a path."""

from typing import TypeVar
from uuid import UUID

from ssc.core import errors, ids
from ssc.core.db import Base, Session

T = TypeVar("T", bound=Base)


def identity_of(spelled: str) -> UUID:
    """404 for what is no id."""
    found = ids.parse(spelled)
    if found is None:
        raise errors.not_found()
    return found


async def known(session: Session, table: type[T], spelled: str) -> T:
    """The row of this id; 404 for none."""
    found = await session.get(table, identity_of(spelled))
    if found is None:
        raise errors.not_found()
    return found
