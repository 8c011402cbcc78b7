"""Who hosts, and how often hosts invite."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.communities.hosting import queries
from ssc.core.errors import not_found
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.roster.hosting.rules import BY_HOST
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def host(viewer: SignedIn, session: Transaction) -> Viewer:
    if not await queries.is_host(session, viewer):
        raise not_found()
    return viewer


Host = Annotated[Viewer, Depends(host)]
"""A member who hosts, by a roster or for an organisation; 404 for everybody else, her secretary too."""


async def count_invited(process: Process, viewer: Viewer) -> None:
    """Before a host invites: 429 after five a day."""
    await process.limits.take(BY_HOST, str(viewer.id))
