"""The desk's front page, and the gallery of everything that pages are made of."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.core import ids
from ssc.core.errors import not_found
from ssc.desk import mail_log, queries
from ssc.desk.mail_log import State
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

MAIL_LOG = "/desk/mail-log"


@router.get("/desk")
async def front(request: Request, viewer: Staff, session: Transaction) -> Response:
    waiting = await queries.queue(session)
    figures = await queries.figures(session)
    imports = await queries.latest_imports(session)
    return pages.render(request, "desk/page.html", viewer, waiting=waiting, figures=figures, imports=imports)


@router.get(MAIL_LOG)
async def letters(
    request: Request,
    viewer: Staff,
    session: Transaction,
    part: Paging,
    state: Annotated[State, Query()] = "all",
    to: Annotated[str, Query(max_length=320)] = "",
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    cut = await mail_log.letters(session, part, state, to.strip())
    following = urlencode({"state": state, "to": to, "cursor": cut.next})
    return pages.render(
        request,
        "desk/mail_log.html",
        viewer,
        letters=cut.rows,
        state=state,
        form=forms.blank(to=to),
        next_href=f"{MAIL_LOG}?{following}" if cut.next else "",
        first_href=MAIL_LOG if part.after else "",
        done=done,
    )


@router.post(MAIL_LOG + "/{identity}/resend")
async def resend(viewer: Staff, identity: str, session: Transaction) -> Response:
    letter_id = ids.parse(identity)
    if letter_id is None:
        raise not_found()
    await mail_log.send_again(session, letter_id, by=viewer.id)
    return pages.see_other(f"{MAIL_LOG}?done=resent")


@router.get("/desk/gallery")
async def gallery(request: Request, viewer: Staff) -> Response:
    return pages.render(request, "gallery/page.html", viewer)
