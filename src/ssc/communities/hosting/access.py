"""Loaders: exchanges that one looks after, and seats one has."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.communities.hosting import queries
from ssc.communities.hosting.models import HostSeat
from ssc.communities.queries.exchanges import exchange_of
from ssc.core import errors, ids
from ssc.programmes.models import Exchange
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def hosted_exchange(code: str, viewer: SignedIn, session: Transaction) -> Exchange:
    found = await exchange_of(session, code)
    if found is None or not await queries.looks_after(session, viewer, found.id):
        raise errors.not_found()
    return found


HostedExchange = Annotated[Exchange, Depends(hosted_exchange)]
"""The exchange in the path, if the reader is its host or acts for one; 404 else."""


@api.refuses(404)
async def own_seat(identity: str, viewer: SignedIn, session: Transaction) -> HostSeat:
    seat_id = ids.parse(identity)
    found = await queries.seat(session, seat_id) if seat_id else None
    if found is None or found.member_id != viewer.id or viewer.limited:
        raise errors.not_found()
    return found


OwnSeat = Annotated[HostSeat, Depends(own_seat)]
"""A seat that the reader has, or was asked to take; 404 else."""
