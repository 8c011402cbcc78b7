"""The way into the application without a network."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import Any

import httpx
from fastapi import FastAPI


class Door(httpx.AsyncBaseTransport):
    """As httpx's own, but that looks for a library of another kind of loop at each request: a tenth of its time.

    An exception that leaves the application is a 500, as behind a server.
    """

    def __init__(self, app: FastAPI, client: tuple[str, int]) -> None:
        self._app = app
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = _Answer(request)
        try:
            await self._app(_scope(request, self._client), answer.receive, answer.send)
        except Exception:
            answer.status = answer.status or 500
        finally:
            answer.complete.set()
        assert answer.status is not None
        return httpx.Response(answer.status, headers=answer.headers, content=bytes(answer.body))


class _Answer:
    """What the application says to one request, and what it may hear of it."""

    def __init__(self, request: httpx.Request) -> None:
        self.status: int | None = None
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.complete = asyncio.Event()
        self._has_body = request.method != "HEAD"
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self._parts: AsyncIterator[bytes] | None = aiter(request.stream)

    async def receive(self) -> dict[str, Any]:
        if self._parts is None:
            await self.complete.wait()
            return {"type": "http.disconnect"}
        part = await anext(self._parts, None)
        if part is None:
            self._parts = None
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert self.status is None
            self.status, self.headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            assert self.status is not None
            assert not self.complete.is_set()
            if self._has_body:
                self.body += message.get("body", b"")
            if not message.get("more_body", False):
                self.complete.set()


def _scope(request: httpx.Request, client: tuple[str, int]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "server": (request.url.host, request.url.port),
        "client": client,
        "root_path": "",
    }
