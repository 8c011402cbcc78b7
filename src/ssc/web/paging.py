"""Paging as the API speaks it: `limit` and `cursor` in, `items` and `next` out."""

from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from ssc.core.paging import Slice, decode
from ssc.web.transactions import Running

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A page of a list; `next` is the cursor of the following one."""

    items: list[T]
    next: str | None


async def wanted(
    process: Running,
    limit: Annotated[int, Query(ge=1, le=100, description="How many items, at most.")] = 30,
    cursor: Annotated[str | None, Query(max_length=2000, description="The `next` of the page before.")] = None,
) -> Slice:
    key = process.settings.key
    return Slice(limit, decode(cursor, key) if cursor else None, key)


Paging = Annotated[Slice, Depends(wanted)]
