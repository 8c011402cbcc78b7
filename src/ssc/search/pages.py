"""The page with one box."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core.errors import INVALID, Problem
from ssc.search.counting import searched
from ssc.search.forms import Asked
from ssc.search.hits import sources_for
from ssc.search.marking import excerpt, marked, words_of
from ssc.web import forms, pages
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.get("/search")
async def search(request: Request, viewer: Visitor, process: Running, session: Transaction) -> Response:
    form = forms.check(Asked, {name: request.query_params.get(name, "") for name in Asked.model_fields})
    asked, groups = form.data or Asked(), []
    if form.valid and asked.q:
        try:
            groups = await searched(process, session, viewer, asked)
        except Problem as refused:
            if refused.kind is not INVALID:
                raise
            form.refuse(refused)
    kinds = [("", "")] + [(source.kind, source.label()) for source in sources_for(viewer)]
    return pages.render(
        request,
        "search/page.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        asked=asked,
        groups=groups,
        words=words_of(asked.q),
        marked=marked,
        excerpt=excerpt,
        kinds=[(kind, label, "/search?" + urlencode({"q": asked.q, "kind": kind})) for kind, label in kinds],
    )
