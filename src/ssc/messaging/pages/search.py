"""The page that finds what was written in one's own conversations."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.pages.lines import whole

from ssc.web import pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/messages/search")
async def search(
    request: Request,
    viewer: Correspondent,
    session: Transaction,
    part: Paging,
    q: Annotated[str, Query(max_length=200)] = "",
    thread: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    raise NotImplementedError
