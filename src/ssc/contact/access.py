"""How often one may write; and the message that an address names, for staff."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from ssc.accounts.loaders import Staff
from ssc.contact.models import ContactMessage
from ssc.contact.rules import BY_NETWORK
from ssc.core import ids
from ssc.core.errors import not_found
from ssc.web import api
from ssc.web.guard import network_of
from ssc.web.transactions import Running, Transaction


async def count(request: Request, process: Running) -> None:
    """429 after too many from one network."""
    await process.limits.take(BY_NETWORK, network_of(request.state.address))


@api.refuses(404)
async def known_message(identity: str, viewer: Staff, session: Transaction) -> UUID:
    found = ids.parse(identity)
    if found is None or await session.get(ContactMessage, found) is None:
        raise not_found()
    return found


KnownMessage = Annotated[UUID, Depends(known_message)]
