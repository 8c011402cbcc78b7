"""Packing: a visitor's page leaves compressed, whether it is kept or written for her question."""

import gzip
import re

from starlette.types import Message, Send

PAGE = b"text/html"
_SMALL, _GREAT = 1_000, 500_000
"""Below the one nothing is won; above the other it would hold up everybody else."""
_LEVEL = 5
_NO_GZIP = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")


def takes_gzip(offered: bytes | None) -> bool:
    """Whether this `Accept-Encoding` names it, and does not refuse it."""
    return offered is not None and b"gzip" in offered and _NO_GZIP.search(offered) is None


class Packing:
    """Holds an answer's start back until its body is there, if it is a page.

    For visitors only: what nobody's own stands on tells nobody a secret by its size.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_fit(dict(message["headers"])):
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            if not message.get("more_body"):
                body = gzip.compress(message["body"], _LEVEL, mtime=0)
                start = {**start, "headers": _packed(start["headers"], len(body))}
                message = {**message, "body": body}
            await self._send(start)
        await self._send(message)


def _is_fit(headers: dict[bytes, bytes]) -> bool:
    """An answer with a tag is another one with other octets; it stays as it is."""
    length = headers.get(b"content-length", b"0")
    is_page = headers.get(b"content-type", b"").startswith(PAGE) and length.isdigit()
    return is_page and _SMALL <= int(length) <= _GREAT and not headers.keys() & {b"content-encoding", b"etag"}


def _packed(headers: list[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    varies = b", ".join([*(value for name, value in headers if name == b"vary"), b"Accept-Encoding"])
    kept = [pair for pair in headers if pair[0] not in (b"content-length", b"vary")]
    own = (b"content-length", str(length).encode()), (b"content-encoding", b"gzip"), (b"vary", varies)
    return [*kept, *own]
