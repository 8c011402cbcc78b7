"""Pages: finding people, a profile, blocking."""

from collections import Counter
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.directory import actions
from ssc.directory.access import Reader, SeenMember, to_be_blocked
from ssc.directory.actions.counting import count_profiles
from ssc.directory.forms import Filters
from ssc.directory.pages import choices
from ssc.directory.pages.lines import Line
from ssc.directory.queries.hits import Found
from ssc.directory.queries.scope import Facet, Scope, scope_of
from ssc.directory.queries.search import DIMENSIONS, counts_without, find
from ssc.directory.queries.similar import similar_and_own
from ssc.directory.rules import ties
from ssc.people import queries as people
from ssc.people.queries import Reached
from ssc.people.shapes import Member
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_SIMILAR = 6


@router.get("/members")
async def members(
    request: Request,
    filters: Annotated[Filters, Query()],
    part: Paging,
    viewer: Reader,
    process: Running,
    session: Transaction,
) -> Response:
    scope = await scope_of(session, viewer)
    found = await find(session, scope, filters, part)
    ids = [hit.member_id for hit in found.hits.rows]
    await count_profiles(process, viewer, ids)
    seen = [one.member for one in await people.reached(session, viewer, [*ids, *([viewer.id] if viewer else [])])]
    own = seen.pop() if viewer else None
    return pages.render(
        request,
        "directory/members.html",
        viewer,
        filters=filters,
        found=found,
        lines=[Line.of(member, ties(own, member)) for member in seen],
        groups=choices.groups(filters, await _counts(session, scope, filters, found)),
        chosen_now=choices.chosen(filters),
        kept=choices.kept(filters),
        next_href=_next(filters, found),
        first_href=_address(filters) if part.after else "",
    )


@router.get("/members/{handle}")
async def member(
    request: Request, viewer: Reader, seen: SeenMember, process: Running, session: Transaction
) -> Response:
    if viewer is not None and seen.id == viewer.id:
        return pages.see_other("/me")
    near: list[tuple[Reached, str]] = []
    own = None
    if viewer is not None:
        near, own = await similar_and_own(session, viewer, await scope_of(session, viewer), seen, _SIMILAR)
        await count_profiles(process, viewer, [one.id for one, _reason in near])
    shared = ties(own, seen.member)
    return pages.render(
        request,
        "directory/member.html",
        viewer,
        member=seen.member,
        shared=shared,
        near=[(one.member, reason) for one, reason in near],
        open_to=choices.open_to_labels(),
    )


@router.post("/members/{handle}/block")
async def block(handle: str, viewer: SignedIn, session: Transaction) -> Response:
    await actions.block(session, viewer, await to_be_blocked(session, viewer, handle))
    return pages.see_other("/me/preferences?done=blocked#blocked")


@router.post("/members/{handle}/unblock")
async def unblock(handle: str, viewer: SignedIn, session: Transaction) -> Response:
    await actions.unblock(session, viewer, await to_be_blocked(session, viewer, handle))
    return pages.see_other("/me/preferences?done=unblocked#blocked")


async def own_profile(session: Session, viewer: Viewer | None) -> Member | None:
    """The reader's own profile, whole."""
    if viewer is None:
        return None
    (own,) = await people.reached(session, viewer, [viewer.id])
    return own.member


async def _counts(session: Session, scope: Scope, filters: Filters, found: Found) -> dict[str, Counter[Facet]]:
    """For each facet the counts without its own filter, so that another value can be chosen too."""
    return {
        name: await counts_without(session, scope, filters, name) if getattr(filters, name) else found.counts
        for name in DIMENSIONS
    }


def _address(filters: Filters, **more: str) -> str:
    query = [*choices.pairs(filters), *more.items()]
    return "/members" + (f"?{urlencode(query)}" if query else "")


def _next(filters: Filters, found: Found) -> str:
    return _address(filters, cursor=found.hits.next) if found.hits.next else ""
