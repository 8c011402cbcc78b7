"""Waiting for a call to open, for programs."""

from fastapi import Request

from ssc.accounts.actions.mailed_links import limit_letters
from ssc.guide.access import KnownProgramme
from ssc.guide.actions import watching
from ssc.guide.forms import TokenBody, WatchBody
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Programmes"])


@router.post("/programmes/{slug}/watches", status_code=202, responses=problems(404, 422, 429))
async def ask(entry: KnownProgramme, body: WatchBody, request: Request, session: Transaction, process: Running) -> None:
    """Tell me when it opens: a link is mailed that confirms the address, which is deleted after its one use.
    At most 5 letters an hour to an address, 20 for a network."""
    await limit_letters(process, request, body.email)
    await watching.ask(session, entry, body.email)


@router.post("/programme-watches/confirm", status_code=204, responses=problems(410, 422))
async def confirm(body: TokenBody, session: Transaction) -> None:
    """The address waits from now on."""
    await watching.confirm(session, body.token)


@router.post("/programme-watches/stop", status_code=204, responses=problems(404, 422))
async def stop(body: TokenBody, session: Transaction) -> None:
    """By the same token: the address is deleted."""
    await watching.give_up(session, body.token)
