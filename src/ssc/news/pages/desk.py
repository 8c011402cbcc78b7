"""The editors' list of all items, and how they treat each kind."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.news import actions, queries, rules
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction
from ssc.writing.access import Editor

router = APIRouter(include_in_schema=False)

DESK = "/desk/news"


@router.get(DESK)
async def overview(request: Request, viewer: Editor, session: Transaction, part: Paging) -> Response:
    cut = await queries.at_the_desk(session, part)
    held = await queries.kind_rules(session)
    return pages.render(
        request,
        "news/desk.html",
        viewer,
        items=cut.rows,
        kinds={kind: name() for kind, name in rules.KIND_NAMES.items()},
        states={state: name() for state, name in rules.STATE_NAMES.items()},
        form=forms.blank(needs_second=[kind for kind, needed in held.items() if needed]),
        next_href=f"{DESK}?cursor={cut.next}" if cut.next else "",
        first_href=DESK if part.after else "",
    )


@router.post(DESK + "/kinds")
async def set_kinds(request: Request, viewer: Editor, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    held, wanted = await queries.kind_rules(session), submitted.getlist("needs_second")
    for kind in rules.KINDS:
        if held[kind] != (kind in wanted):
            await actions.set_rule(session, viewer, kind, needs_second=kind in wanted)
    return pages.see_other(DESK)
