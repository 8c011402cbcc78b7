"""Static files: read once, compressed once, served for ever under an address that names their content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.types import Receive, Scope, Send

from ssc.core.config import resource

_COMPRESSED = (".css", ".js", ".svg", ".json", ".txt")
_FOREVER = b"public, max-age=31536000, immutable"
_FIRST_STYLES = ("css/_global.css", "css/tokens.css")


@dataclass(frozen=True)
class File:
    """One file's bytes, plain and gzipped (None where that gains nothing)."""

    kind: bytes
    content: bytes
    packed: bytes | None


def address(name: str) -> str:
    """The versioned address of a file, e.g. `/static/3f2a…/css/app.css`.

    The version is a path segment and covers the whole tree, so relative imports between modules keep it.
    """
    if name not in _files():
        raise KeyError(f"no static file {name}")
    return f"/static/{version()}/{name}"


def names() -> list[str]:
    return list(_files())


@cache
def version() -> str:
    sums = "".join(hashlib.sha256(f.content).hexdigest() for _name, f in sorted(_files().items()))
    return hashlib.sha256(sums.encode()).hexdigest()[:12]


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI application mounted at `/static`: `/<version>/<name>`; an old version answers uncached."""
    _empty, asked, *rest = scope["path"].removeprefix(scope.get("root_path", "")).split("/")
    file = _files().get("/".join(rest))
    if file is None or scope["method"] not in ("GET", "HEAD"):
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    packed = file.packed is not None and b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
    body = file.packed if packed and file.packed is not None else file.content
    headers = [
        (b"content-type", file.kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", _FOREVER if asked == version() else b"no-cache"),
        (b"vary", b"Accept-Encoding"),
    ]
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def content(name: str) -> bytes:
    return _files()[name].content


@cache
def _files() -> dict[str, File]:
    root = resource("frontend") / "static"
    found = {str(p.relative_to(root)): _read(p) for p in sorted(root.rglob("*")) if p.is_file()}
    styles = [n for n in found if n.startswith("css/") and n != "css/app.css"]
    ordered = [n for n in _FIRST_STYLES if n in found] + [n for n in styles if n not in _FIRST_STYLES]
    sheet = b"\n".join(found[n].content for n in ordered)
    found["css/app.css"] = _file("app.css", sheet)
    return found


def _read(path: Path) -> File:
    return _file(path.name, path.read_bytes())


def _file(name: str, content: bytes) -> File:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        kind = "text/javascript"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    packed = gzip.compress(content, 9) if name.endswith(_COMPRESSED) else None
    return File(kind.encode(), content, packed if packed and len(packed) < len(content) else None)
