"""Entity tags: what a reader has already is not sent again, and nobody gets another's copy."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from ssc.web.kept import KEEP

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


def tagged(
    request: Request, answer: Response, tag: str, *, private: bool, modified: datetime | None = None
) -> Response:
    """The answer under this tag, and since when it stands. For visitors 304 to who has it; a member's is not stored.

    The tag goes to members too: who changes what she reads names it as `If-Match`.
    """
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = PRIVATE if private else PUBLIC
    answer.headers["Vary"] = _VARY
    dated(answer, modified)
    if private or not _has(request, tag, modified):
        return answer
    kept = {name: value for name, value in answer.headers.items() if not name.startswith("content-")}
    return Response(None, 304, kept)


def lasting(
    request: Request, answer: Response, topic: str, *, private: bool = False, modified: datetime | None = None
) -> Response:
    """An answer that is the same for every visitor until `shelf.forget(session, topic)`; a member's is not stored."""
    if private or "cookie" in request.headers or "authorization" in request.headers:
        tag = answer.headers.get("ETag") or f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
        return tagged(request, answer, tag, private=private, modified=modified)
    answer.headers["Cache-Control"] = PUBLIC
    answer.headers["Vary"] = _VARY
    answer.headers[KEEP.decode()] = topic  # the layer that keeps it gives the tag, and 304
    return dated(answer, modified)


def dated(answer: Response, modified: datetime | None) -> Response:
    """Since when it stands; of a public answer alone."""
    if modified is not None and "public" in answer.headers.get("Cache-Control", ""):
        answer.headers["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    return answer


def _has(request: Request, tag: str, modified: datetime | None) -> bool:
    """RFC 9110, 13.2.2: the instant is asked only where no tag is named."""
    if "if-none-match" in request.headers:
        return is_known(request, tag)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return modified is not None and since.tzinfo is not None and modified.replace(microsecond=0) <= since


def is_known(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names this tag, weakly compared (RFC 9110, 13.1.2)."""
    known = ",".join(request.headers.getlist("if-none-match"))
    return known.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
