"""Search for programs."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.search import shapes
from ssc.search.counting import searched
from ssc.search.forms import Asked
from ssc.search.marking import words_of
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Search"])


@router.get("/search", response_model=shapes.Results, responses=problems(401, 422, 429))
async def search(
    request: Request, asked: Annotated[Asked, Query()], viewer: Visitor, process: Running, session: Transaction
) -> Response:
    """Public content; for members people, members' events and what is theirs too, each with its own permission.

    Five of each kind, or with `kind` fifty of it. A member's searches count as requests to the directory.
    """
    found = shapes.Results.of(await searched(process, session, viewer, asked), words_of(asked.q))
    return etags.answer(request, found.model_dump_json().encode(), private=viewer is not None)
