"""Looking for words in one's own threads, for programs."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.messaging import encoding, limiting
from ssc.messaging.queries.search import Sought, messages_with
from ssc.messaging.shapes import Message
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Messages"])


@router.get("/search/messages", response_model=Page[Message], responses=problems(401, 403, 422, 429))
async def search_messages(
    viewer: Correspondent,
    process: Running,
    session: Transaction,
    part: Paging,
    q: Annotated[str, Query(max_length=200, description="Words, or parts of them where a script has no spaces.")],
    thread: Annotated[str | None, Query(max_length=40, description="Only in this thread.")] = None,
    author: Annotated[str | None, Query(alias="from", max_length=40, description="Only from this member.")] = None,
) -> Response:
    """Messages in one's own threads that hold all the words, in any script, the latest first. 120 a minute.

    Words match from their beginning, with or without diacritics. There is no query syntax.
    """
    await process.limits.take(limiting.SEARCHES, str(viewer.id))
    cut = await messages_with(session, viewer, Sought(q, thread, author), part)
    items = [read.seen_by(viewer.blocked) for read in cut.rows]
    return Response(encoding.json({"items": items, "next": cut.next}), media_type="application/json")
