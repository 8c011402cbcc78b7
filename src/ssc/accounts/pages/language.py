"""The language switch on every page: for this device, and for a member everywhere."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import i18n
from ssc.web import forms, pages
from ssc.web.api import Body
from ssc.web.guard import LANGUAGE_COOKIE
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_YEAR = 365 * 24 * 3600


class ChooseLanguage(Body):
    language: str
    next: str = "/"


@router.post("/language")
async def choose_language(request: Request, viewer: Visitor, process: Running, session: Transaction) -> Response:
    """Remembers the language on this device, and as the member's preference; an unknown one changes nothing."""
    form = await forms.read(request, ChooseLanguage)
    answer = pages.see_other(pages.on_site(form.data.next if form.data else "/"))
    if form.data and form.data.language in {known.code for known in i18n.languages()}:
        if viewer is not None:
            viewer.member.language = form.data.language
        secure = process.settings.secure
        answer.set_cookie(
            LANGUAGE_COOKIE, form.data.language, max_age=_YEAR, secure=secure, httponly=True, samesite="lax"
        )
    return answer
