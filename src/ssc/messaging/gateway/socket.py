"""`GET /api/v1/live`: from the handshake to the end of a socket."""

from typing import cast

from fastapi import APIRouter, WebSocket

from ssc.accounts import loaders
from ssc.accounts.loaders import Entrant
from ssc.accounts.rules import has_scope
from ssc.core.live import Outlet
from ssc.core.process import Process
from ssc.messaging.gateway import door
from ssc.messaging.gateway.connection import Connection
from ssc.messaging.gateway.gateway import Gateway

router = APIRouter()

NOT_SIGNED_IN = 4401


@router.websocket("/api/v1/live")
async def live(socket: WebSocket) -> None:
    """All that happens in one's threads, as it happens; and everything that one says in them."""
    process = cast(Process, socket.app.state.process)
    if door.is_refused(socket, process.settings):
        await socket.close()  # before it was accepted: 403
        return
    await socket.accept()
    entrant = await _entrant(socket, process)
    if entrant is None:
        await socket.close(NOT_SIGNED_IN)
        return
    gateway = cast(Gateway, socket.app.state.gateway)
    async with Outlet(socket.scope, socket.receive, socket.send) as outlet:
        connection = Connection(gateway, entrant, outlet)
        try:
            await gateway.join(connection)
            await outlet.listen(connection)
        except BaseException:
            gateway.part(connection)
            raise


async def _entrant(socket: WebSocket, process: Process) -> Entrant | None:
    async with process.database.transaction() as session:
        found = await loaders.entrant(socket, session)
    return found if found and has_scope(found.viewer, "messages") else None
