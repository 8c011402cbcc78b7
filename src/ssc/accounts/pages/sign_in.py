"""Pages: signing in by password or link, asking for a reset, showing again that it is oneself, signing out."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts import forms, queries
from ssc.accounts.actions import mailed_links, sessions, signing_in
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core.errors import TOO_MANY, Problem
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.api import Body
from ssc.web.forms import Form, blank, read
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


class Onward(Body):
    """Where to go afterwards; only paths of this site are followed."""

    next: str = "/"


class SignInForm(forms.Credentials):
    next: str = "/"


class LinkForm(forms.Address):
    next: str = "/"


class Way(Body):
    """Which of the form's two buttons was pressed."""

    way: Literal["password", "link"] = "password"


class AgainForm(forms.NewPassword):
    next: str = "/"


@router.get("/sign-in")
async def sign_in_page(request: Request, viewer: Visitor, next: str = "/") -> Response:
    if viewer is not None:
        return pages.see_other(pages.on_site(next))
    return _sign_in(request, blank(next=pages.on_site(next)))


@router.post("/sign-in")
async def sign_in(request: Request, process: Running, session: Transaction) -> Response:
    if (await read(request, Way)).values.get("way") == "link":
        return await _mail_link(request, process, session)
    form = await read(request, SignInForm)
    if form.data is not None and not form.data.password:
        form.errors["password"] = _("Write your password, or have a sign-in link mailed to you.")
    if form.data is None or not form.valid:
        return _sign_in(request, form, 422)
    try:
        await signing_in.sign_in(process, session, request, form.data.email, form.data.password)
    except Problem as refused:
        return _sign_in(request, _explained(form, refused), refused.kind.status, refused)
    return pages.see_other(pages.on_site(form.data.next))


async def _mail_link(request: Request, process: Running, session: Transaction) -> Response:
    form = await read(request, LinkForm)
    if form.data is None:
        return _sign_in(request, form, 422)
    try:
        await mailed_links.ask_for_sign_in_link(
            process, session, request, form.data.email, pages.on_site(form.data.next)
        )
    except Problem as refused:
        return _sign_in(request, _explained(form, refused), refused.kind.status, refused)
    return pages.see_other("/sign-in/mailed")


@router.get("/sign-in/mailed")
async def link_is_mailed(request: Request) -> Response:
    return pages.render(request, "accounts/mailed.html", what="link")


@router.post("/sign-out")
async def sign_out(request: Request, session: Transaction) -> Response:
    await sessions.sign_out(session, request)
    return pages.see_other("/")


@router.get("/password-reset")
async def reset_page(request: Request) -> Response:
    return pages.render(request, "accounts/reset.html", form=blank())


@router.post("/password-reset")
async def ask_for_reset(request: Request, process: Running, session: Transaction) -> Response:
    form = await read(request, forms.Address)
    if form.data is not None:
        try:
            await mailed_links.ask_for_reset(process, session, request, form.data.email)
            return pages.see_other("/password-reset/mailed")
        except Problem as refused:
            _explained(form, refused)
    return pages.render(request, "accounts/reset.html", status=422, form=form)


@router.get("/password-reset/mailed")
async def reset_is_mailed(request: Request) -> Response:
    return pages.render(request, "accounts/mailed.html", what="reset")


@router.get("/session/fresh")
async def again_page(request: Request, viewer: SignedIn, session: Transaction, next: str = "/") -> Response:
    return await _again(request, viewer, session, blank(next=pages.on_site(next)))


@router.post("/session/fresh")
async def show_again(request: Request, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    form = await read(request, AgainForm)
    if form.data is None:
        return await _again(request, viewer, session, form, 422)
    try:
        await signing_in.show_again(process, session, request, viewer, form.data.password)
    except Problem as refused:
        form.errors["password"] = _sentence(refused, _("This is not your password."))
        return await _again(request, viewer, session, form, refused.kind.status, refused)
    return pages.see_other(pages.on_site(form.data.next))


@router.post("/session/fresh/link")
async def mail_link_to_me(request: Request, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    """For who has no password: signing in by a new link is fresh too."""
    form = await read(request, Onward)
    primary = await queries.primary_of(session, viewer.id)
    if primary is not None:
        next_page = pages.on_site(form.data.next if form.data else None)
        await mailed_links.ask_for_sign_in_link(process, session, request, primary.address, next_page)
    return pages.see_other("/sign-in/mailed")


def _sign_in(request: Request, form: Form[Any], status: int = 200, refused: Problem | None = None) -> Response:
    answer = pages.render(request, "accounts/sign_in.html", status=status, form=form)
    answer.headers.update(refused.headers if refused else {})
    return answer


async def _again(
    request: Request,
    viewer: Viewer,
    session: Transaction,
    form: Form[Any],
    status: int = 200,
    refused: Problem | None = None,
) -> Response:
    has_password = await queries.has_password(session, viewer.id)
    answer = pages.render(request, "accounts/again.html", viewer, status=status, form=form, has_password=has_password)
    answer.headers.update(refused.headers if refused else {})
    return answer


def _explained(form: Form[Any], refused: Problem) -> Form[Any]:
    form.errors[""] = _sentence(refused, refused.detail or refused.kind.explanation())
    return form


def _sentence(refused: Problem, otherwise: str) -> str:
    if refused.kind is not TOO_MANY:
        return otherwise
    minutes = -(-int(refused.headers["Retry-After"]) // 60)
    return _("Too many attempts. Please wait {n} min. and try again.", n=minutes)
