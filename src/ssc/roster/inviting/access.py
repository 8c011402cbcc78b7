"""The import and the round that an address names, for staff."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import Staff
from ssc.roster import reaching
from ssc.roster.importing.models import RosterImport
from ssc.roster.inviting.models import InvitationRound
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def known_import(identity: str, viewer: Staff, session: Transaction) -> RosterImport:
    return await reaching.known(session, RosterImport, identity)


@api.refuses(404)
async def known_round(identity: str, viewer: Staff, session: Transaction) -> InvitationRound:
    return await reaching.known(session, InvitationRound, identity)


KnownImport = Annotated[RosterImport, Depends(known_import)]
"""The import of the id in the path; 404 before anything in the body is looked at."""

KnownRound = Annotated[InvitationRound, Depends(known_round)]
