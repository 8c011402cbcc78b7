"""The likely duplicate that an address names, for staff."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import Staff
from ssc.roster.duplicates import queries
from ssc.roster.importing.models import Duplicate
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def known_duplicate(identity: str, viewer: Staff, session: Transaction) -> Duplicate:
    return await queries.duplicate_of(session, identity)


KnownDuplicate = Annotated[Duplicate, Depends(known_duplicate)]
"""The duplicate of the id in the path; 404 before anything in the body is looked at."""
