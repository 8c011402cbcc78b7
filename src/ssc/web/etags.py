"""Entity tags: what a reader has already is not sent again, and nobody gets another's copy."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

PUBLIC = "public, no-cache"
PRIVATE = "private, no-store"
_VARY = "Cookie, Authorization, Accept-Language"


def answer(request: Request, content: bytes, *, private: bool, media_type: str = "application/json") -> Response:
    """The content. For visitors with its tag, and 304 to who has it; for members it is never stored."""
    headers = {"Cache-Control": PRIVATE if private else PUBLIC, "Vary": _VARY}
    if private:
        return Response(content, 200, headers, media_type)
    headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    return Response(content, 200, headers, media_type)


def is_known(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names this tag, weakly compared (RFC 9110, 13.1.2)."""
    known = ",".join(request.headers.getlist("if-none-match"))
    return known.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
