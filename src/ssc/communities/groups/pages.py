"""Pages: topic groups, one of them, and the moderators' queue."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Moderator, SignedIn
from ssc.communities.chapters.pages import lines, talks
from ssc.communities.conversations import notices as conversations
from ssc.communities.groups import actions, queries, rules
from ssc.communities.groups.access import KeptGroup, NamedMember, Proposer, SeenGroup
from ssc.communities.groups.forms import GroupBody, GroupChange, GroupDecision, GroupFilters
from ssc.communities.groups.notices import PROPOSED, subject_of
from ssc.communities.groups.queries import Seen, group_of
from ssc.core import errors, markdown
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.paging import Slice
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

MOST_REQUESTS = 5


@router.get("/groups")
async def list_groups(
    request: Request,
    filters: Annotated[GroupFilters, Query()],
    part: Paging,
    viewer: SignedIn,
    session: Transaction,
) -> Response:
    cut = await queries.groups(session, viewer, filters, part)
    asked = {name: str(value) for name, value in filters.model_dump(exclude_defaults=True).items()}
    return pages.render(
        request,
        "communities/groups.html",
        viewer,
        form=forms.blank(**filters.model_dump()),
        filtered=bool(filters.q or filters.field),
        mine=filters.mine,
        groups=cut.rows,
        fields=[(name, name) for name in await queries.fields(session)],
        may_propose=rules.may_propose(viewer),
        next_href=f"/groups?{urlencode({**asked, 'cursor': cut.next})}" if cut.next else "",
        first_href=f"/groups?{urlencode(asked)}" if part.after else "",
    )


@router.get("/groups/new")
async def new(request: Request, viewer: Proposer, field: Annotated[str, Query(max_length=120)] = "") -> Response:
    return _form(request, viewer, forms.blank(joining="open", field=field))


@router.post("/groups")
async def propose(request: Request, viewer: Proposer, session: Transaction, process: Running) -> Response:
    form = await forms.read(request, GroupBody)
    if form.data is not None:
        try:
            made = await actions.propose(session, process.limits, viewer, form.data)
            return pages.see_other(f"{made.url}?done=proposed")
        except Problem as refused:
            form.refuse(refused)
    return _form(request, viewer, form)


@router.get("/groups/{slug}")
async def group(request: Request, viewer: SignedIn, found: SeenGroup, part: Paging, session: Transaction) -> Response:
    for what in ("approved", "declined", "accepted", "yours", "asked"):
        viewer = await notifications.seen(session, viewer, f"{subject_of(found.group.slug)}:{what}")
    viewer = await notifications.seen(session, viewer, conversations.subject_of(found.group.subject))
    return await _page(request, session, viewer, found, part)


@router.get("/groups/{slug}/requests")
async def list_requests(
    request: Request, viewer: SignedIn, found: KeptGroup, part: Paging, session: Transaction
) -> Response:
    cut = await queries.requests(session, viewer, found.group, part)
    here = f"{found.group.url}/requests"
    return pages.render(
        request,
        "communities/group_requests.html",
        viewer,
        group=found.group,
        requests=cut.rows,
        next_href=f"{here}?cursor={cut.next}" if cut.next else "",
        first_href=here if part.after else "",
        done=request.query_params.get("done", ""),
    )


@router.get("/groups/{slug}/edit")
async def edit(request: Request, viewer: SignedIn, found: KeptGroup) -> Response:
    group = found.group
    values = {name: getattr(group, name) for name in ("title", "description", "field", "joining")}
    return _form(request, viewer, forms.blank(**values), found)


@router.post("/groups/{slug}/edit")
async def change(request: Request, viewer: SignedIn, found: KeptGroup, session: Transaction) -> Response:
    form = await forms.read(request, GroupChange)
    if form.data is None:
        return _form(request, viewer, form, found)
    await actions.change(session, viewer, found.group, form.data)
    return pages.see_other(f"{found.group.url}?done=changed")


@router.post("/groups/{slug}/join")
async def join(viewer: SignedIn, found: SeenGroup, session: Transaction) -> Response:
    standing = await actions.join(session, viewer, found.group)
    return pages.see_other(f"{found.group.url}?done={'joined' if standing == 'member' else 'asked'}")


@router.post("/groups/{slug}/leave")
async def leave(viewer: SignedIn, found: SeenGroup, session: Transaction) -> Response:
    await actions.leave(session, found.group, viewer.id)
    return pages.see_other("/groups" if not found.group.approved else f"{found.group.url}?done=left")


@router.post("/groups/{slug}/close")
async def close(viewer: SignedIn, found: KeptGroup, session: Transaction) -> Response:
    await actions.close(session, viewer, found.group)
    return pages.see_other(f"{found.group.url}?done=closed")


@router.post("/groups/{slug}/announcements")
async def announce(viewer: SignedIn, found: KeptGroup, session: Transaction) -> Response:
    """To where announcements are written."""
    return pages.see_other(f"/messages/{await actions.announcing(session, viewer, found.group)}")


@router.post("/groups/{slug}/members/{handle}/accept")
async def accept(viewer: SignedIn, found: KeptGroup, member: NamedMember, session: Transaction) -> Response:
    await actions.accept(session, viewer, found.group, member)
    return pages.see_other(f"{found.group.url}?done=accepted")


@router.post("/groups/{slug}/members/{handle}/remove")
async def remove(found: KeptGroup, member: NamedMember, session: Transaction) -> Response:
    await actions.leave(session, found.group, member)
    return pages.see_other(f"{found.group.url}?done=removed")


@router.get("/desk/groups")
async def queue(request: Request, viewer: Moderator, session: Transaction) -> Response:
    viewer = await notifications.seen(session, viewer, PROPOSED)
    return pages.render(request, "communities/desk_groups.html", viewer, groups=await queries.proposed(session))


@router.post("/groups/{slug}/decision")
async def decide(request: Request, viewer: Moderator, found: SeenGroup, part: Paging, session: Transaction) -> Response:
    form = await forms.read(request, GroupDecision)
    if form.data is None:
        return await _page(request, session, viewer, found, part, form)
    await actions.decide(session, viewer, found.group, form.data)
    return pages.see_other(f"{found.group.url}?done=decided")


async def _page(
    request: Request, session: Session, viewer: Viewer, found: Seen, part: Slice, form: Form[Any] | None = None
) -> Response:
    group = found.group
    seen = errors.found(await group_of(session, viewer, group.slug))
    community, cut = await talks(session, viewer, group.subject, part)
    keeps = rules.looks_after(viewer, group)
    return pages.render(
        request,
        "communities/group.html",
        viewer,
        status=422 if form is not None and form.errors else 200,
        seen=seen,
        group=group,
        html=markdown.render(group.description).html(),
        upcoming=lines(await queries.upcoming(session, viewer, group)),
        keeps=keeps,
        decides=rules.decides(viewer),
        requests=await queries.requests(session, viewer, group, Slice(limit=MOST_REQUESTS)) if keeps else None,
        community=community,
        talks=cut.rows,
        next_href=f"{group.url}?cursor={cut.next}" if cut.next else "",
        first_href=group.url if part.after else "",
        form=form or forms.blank(),
        done=request.query_params.get("done", ""),
    )


def _form(request: Request, viewer: Viewer, form: Form[Any], found: Seen | None = None) -> Response:
    status = 422 if form.errors else 200
    group = found.group if found else None
    return pages.render(request, "communities/group_edit.html", viewer, status=status, form=form, group=group)
