"""Waiting for a call to open: asking, confirming by the mailed link, giving up."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts import tokens
from ssc.accounts.actions.mailed_links import limit_letters
from ssc.accounts.loaders import Visitor
from ssc.core import errors
from ssc.core.db import Session
from ssc.guide.access import KnownProgramme
from ssc.guide.actions import watching
from ssc.guide.forms import WatchBody
from ssc.guide.pages.reading import programme_page
from ssc.guide.rules import CONFIRM_WATCH, watch_of
from ssc.web import forms, pages
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.post("/programmes/{slug}/watch")
async def ask(
    entry: KnownProgramme, request: Request, viewer: Visitor, session: Transaction, process: Running
) -> Response:
    form = await forms.read(request, WatchBody)
    if form.data is None:
        return await programme_page(request, entry.slug, viewer, session, form)
    await limit_letters(process, request, form.data.email)
    await watching.ask(session, entry, form.data.email)
    return pages.render(request, "guide/watch.html", viewer, status=202, state="mailed", token="", slug=entry.slug)


@router.get("/programmes/watches/{token}")
async def look(token: str, request: Request, session: Transaction) -> Response:
    """Scanners open links too: looking changes nothing."""
    return await _state(request, session, token)


@router.post("/programmes/watches/{token}")
async def confirm(token: str, request: Request, session: Transaction) -> Response:
    await watching.confirm(session, token)
    return await _state(request, session, token)


@router.post("/programmes/watches/{token}/stop")
async def give_up(token: str, request: Request, session: Transaction) -> Response:
    await watching.give_up(session, token)
    return _told(request, "stopped")


@router.get("/unsubscribe/g.{token}")
async def way_out(token: str, request: Request, session: Transaction) -> Response:
    if watch_of(f"g.{token}", session.settings.key) is None:
        raise errors.not_found()
    return _told(request, "leaving", token=f"g.{token}")


@router.post("/unsubscribe/g.{token}")
async def stop(token: str, request: Request, session: Transaction) -> Response:
    """Mail programs press it themselves (RFC 8058), without a cookie."""
    await watching.stop(session, f"g.{token}")
    return _told(request, "stopped")


async def _state(request: Request, session: Session, token: str) -> Response:
    found = await tokens.find(session, CONFIRM_WATCH, token)
    if found is None:
        raise errors.gone()
    state = "asked"
    if found.spent:
        state = "expired" if not found.used_at else "confirmed" if found.address else "stopped"
    return _told(request, state, token=token, slug=found.payload["slug"])


def _told(request: Request, state: str, *, token: str = "", slug: str = "") -> Response:
    answer = pages.render(request, "guide/watch.html", state=state, token=token, slug=slug)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds a secret
    return answer
