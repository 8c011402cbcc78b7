"""`GET /api/v1/live`: from the handshake to the end of a socket."""

from typing import cast

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from ssc.accounts import loaders
from ssc.accounts.rules import has_scope
from ssc.core import i18n
from ssc.core.live import Outlet
from ssc.core.process import Process
from ssc.messaging.gateway import door, frames
from ssc.messaging.gateway.connection import Connection
from ssc.messaging.gateway.gateway import Gateway, Gone

router = APIRouter()

NOT_SIGNED_IN = 4401
TOO_LARGE = 1009


@router.websocket("/api/v1/live")
async def live(socket: WebSocket) -> None:
    """All that happens in one's threads, as it happens; and everything that one says in them."""
    process = cast(Process, socket.app.state.process)
    if door.is_refused(socket, process.settings):
        await socket.close()  # before it was accepted: 403
        return
    await socket.accept()
    async with process.database.transaction() as session:
        entrant = await loaders.entrant(socket, session)
    if entrant is None or not has_scope(entrant.viewer, "messages"):
        await socket.close(NOT_SIGNED_IN)
        return
    i18n.use(entrant.viewer.member.language)
    gateway = cast(Gateway, socket.app.state.gateway)
    async with Outlet(socket.scope, socket.send) as outlet:
        connection = Connection(gateway, entrant, outlet)
        async with gateway.connected(connection):
            await _listen(socket, connection)


async def _listen(socket: WebSocket, connection: Connection) -> None:
    """Reads as long as the client is there; what it is written goes by itself."""
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError):  # the latter: a binary frame
            return
        if len(text) > frames.LIMIT or len(text.encode()) > frames.LIMIT:
            connection.ended(TOO_LARGE)
            return
        try:
            await connection.hear(text)
        except Gone:
            return
