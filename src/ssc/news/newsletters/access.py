"""The issue of an address, for editors."""

from typing import Annotated

from fastapi import Depends

from ssc.core import errors, ids
from ssc.news.newsletters import queries
from ssc.news.newsletters.models import Newsletter
from ssc.web import api
from ssc.web.transactions import Transaction
from ssc.writing.access import Editor


@api.refuses(404)
async def known(identity: str, viewer: Editor, session: Transaction) -> Newsletter:
    issue_id = ids.parse(identity)
    found = await queries.issue(session, issue_id) if issue_id else None
    if found is None:
        raise errors.not_found()
    return found


KnownIssue = Annotated[Newsletter, Depends(known)]
