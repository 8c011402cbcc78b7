"""Pages: a template and its context become an answer."""

import hmac
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ssc.core import i18n
from ssc.web import chrome, templates
from ssc.web.kept import KEEP

PRIVATE = "private, no-store"
PUBLIC = "public, max-age=0, must-revalidate"

_PATH_ON_SITE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def render(
    request: Request,
    template: str,
    viewer: Any = None,
    *,
    status: int = 200,
    cache: str = PRIVATE,
    block: str | None = None,
    keep: str | None = None,
    **context: Any,
) -> HTMLResponse:
    """The page; with `block` only that region of it. `viewer` is None for a visitor.

    `keep`: the page is the same for every visitor until `shelf.forget(session, …)` names one of its words.
    """
    page = templates.environment().get_template(template)
    names = {"request": request, "viewer": viewer, "chrome": chrome.around(request, viewer), **context}
    html = page.render(names) if block is None else "".join(page.blocks[block](page.new_context(names)))
    headers = _reader(request, viewer) | {
        "Cache-Control": cache,
        "Content-Language": i18n.language(),
        "Vary": "Cookie, Accept-Language",
    }
    if keep is not None and viewer is None:
        headers |= {KEEP.decode(): keep, "Cache-Control": PUBLIC}
    return HTMLResponse(html, status, headers)


def _reader(request: Request, viewer: Any) -> dict[str, str]:
    """Names the reader to her own browser's service worker: what it keeps for one, another never sees."""
    if viewer is None:
        return {}
    named = hmac.digest(request.app.state.settings.key, b"reader" + viewer.id.bytes, "sha256")
    return {"SSC-Reader": named.hex()[:16]}


def see_other(path: str) -> Response:
    """303: the change is made, look there. `path` is ours or has passed `on_site`."""
    return RedirectResponse(path, 303, {"Cache-Control": PRIVATE})


def on_site(path: str | None, otherwise: str = "/") -> str:
    """`path` if it stays on this site, else `otherwise`.

    `urlsplit` is no guard: browsers read `/\\evil`, `///evil` and `https:evil` as other hosts.
    """
    return path if path and len(path) <= 2000 and _PATH_ON_SITE.fullmatch(path) else otherwise
