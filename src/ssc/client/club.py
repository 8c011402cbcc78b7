"""The club over HTTP: signing in, threads, messages; and the way into the live connection."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from ssc.client.live import Live
from ssc.client.patience import Patience
from ssc.client.problems import TRANSIENT, problem_of
from ssc.client.shapes import Member, Message, Thread, new_client_id

PAGE = 100
TRIES = 6


class Club:
    """Somebody's way into the club at `url`: by access token, or by `sign_in`, after which a cookie is kept.

    Every call raises `ClubProblem` when it is refused. Reading, and sending with its `client_id`, is repeated by
    itself when the club does not answer: a message is stored once however often it is sent.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        timeout: float = 40.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self.token = token
        headers = {"Authorization": f"Bearer {token}"} if token else {"Origin": self.url}
        self.http = httpx.AsyncClient(
            base_url=f"{self.url}/api/v1", headers=headers, timeout=timeout, transport=transport
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        await self.http.aclose()

    async def sign_in(self, email: str, password: str, code: str | None = None) -> Member:
        """`code`: of the second factor, where one is set up."""
        told = {"email": email, "password": password} | ({"code": code} if code else {})
        return _member(await self.call("POST", "/session", json=told, tries=1))

    async def sign_out(self) -> None:
        await self.call("DELETE", "/session")

    async def me(self) -> Member:
        return _member(await self.call("GET", "/session"))

    async def threads(self, filter: str = "all") -> AsyncIterator[Thread]:
        """The inbox, latest first, page by page as one reads on."""
        cursor: str | None = ""
        while cursor is not None:
            asked = {"filter": filter, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
            page = await self.call("GET", "/threads", params=asked)
            for thread in page["items"]:
                yield thread
            cursor = page["next"]

    async def thread(self, thread_id: str) -> Thread:
        found: Thread = await self.call("GET", f"/threads/{thread_id}")
        return found

    async def write_to(self, handle: str) -> Thread:
        """The direct thread with somebody, made if there is none."""
        made: Thread = await self.call("POST", "/threads", json={"kind": "direct", "member": handle})
        return made

    async def open_group(self, title: str, handles: Sequence[str]) -> Thread:
        told = {"kind": "group", "title": title, "members": list(handles)}
        made: Thread = await self.call("POST", "/threads", json=told, tries=1)
        return made

    async def messages(self, thread_id: str, *, limit: int = PAGE, **where: int) -> list[Message]:
        """By `seq`; `before`, `after` or `around` one, else the last."""
        return await self._page(thread_id, {"limit": limit, **where})

    async def changes(self, thread_id: str, after_rev: int) -> AsyncIterator[Message]:
        """All that changed after `after_rev`, by `rev`: who has the thread up to there has it whole afterwards."""
        while True:
            page = await self._page(thread_id, {"after_rev": after_rev, "limit": PAGE})
            for message in page:
                yield message
            if len(page) < PAGE:
                return
            after_rev = page[-1]["rev"]

    async def send(self, thread_id: str, body: str, *, client_id: str | None = None, **more: Any) -> Message:
        """Durable when this returns. `more`: `reply_to`, `attachments`."""
        told = {"client_id": client_id or new_client_id(), "body": body, **more}
        stored: Message = await self.call("POST", f"/threads/{thread_id}/messages", json=told)
        return stored

    async def edit(self, thread_id: str, seq: int, body: str) -> Message:
        stored: Message = await self.call("PATCH", f"/threads/{thread_id}/messages/{seq}", json={"body": body})
        return stored

    async def delete(self, thread_id: str, seq: int) -> None:
        await self.call("DELETE", f"/threads/{thread_id}/messages/{seq}")

    async def react(self, thread_id: str, seq: int, emoji: str) -> None:
        await self.call("PUT", f"/threads/{thread_id}/messages/{seq}/reactions/{emoji}")

    async def take_back(self, thread_id: str, seq: int, emoji: str) -> None:
        """A reaction."""
        await self.call("DELETE", f"/threads/{thread_id}/messages/{seq}/reactions/{emoji}")

    async def read(self, thread_id: str, seq: int) -> None:
        await self.call("PUT", f"/threads/{thread_id}/read", json={"seq": seq})

    def connect(self, have: Mapping[str, int] | None = None, *, listen: bool = True) -> Live:
        """Everything as it happens. `have`: the last `rev` one holds of each thread, to begin where one ended.

        `listen=False`: for who only sends; nothing that happens is kept.
        """
        return Live(self, have, listen=listen)

    async def call(self, method: str, path: str, *, tries: int = TRIES, **given: Any) -> Any:
        """Any call of the API, its answer's JSON (None without content). Repeats what may be repeated."""
        patience = Patience()
        while True:
            try:
                answer = await self.http.request(method, path, **given)
            except httpx.TransportError:
                if patience.tries + 1 >= tries:
                    raise
            else:
                if answer.is_success:
                    return answer.json() if answer.content else None
                if answer.status_code not in TRANSIENT or patience.tries + 1 >= tries:
                    raise problem_of(answer)
            await asyncio.sleep(patience.next())

    def credentials(self) -> dict[str, str]:
        """The headers of a handshake."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)}

    async def _page(self, thread_id: str, asked: Mapping[str, int]) -> list[Message]:
        page = await self.call("GET", f"/threads/{thread_id}/messages", params=dict(asked))
        items: list[Message] = page["items"]
        return items


def _member(answer: Any) -> Member:
    found: Member = answer["member"]
    return found
