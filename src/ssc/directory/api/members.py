"""The directory for programs: search, profiles, people worth meeting, blocks."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.directory import actions
from ssc.directory.access import Reader, SeenMember, SignedInReader, to_be_blocked
from ssc.directory.actions.counting import count_profiles
from ssc.directory.forms import Filters
from ssc.directory.queries.hits import Found
from ssc.directory.queries.scope import scope_of
from ssc.directory.queries.search import facet_values, find
from ssc.directory.queries.similar import similar
from ssc.directory.shapes import Directory, Facets, FacetValue, Similar, SimilarMember
from ssc.people import queries as people
from ssc.people.queries import Reached
from ssc.people.shapes import Member
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Members"])


@router.get("/members", response_model=Directory, response_model_exclude_unset=True, responses=problems(401, 403, 429))
async def members(
    request: Request,
    filters: Annotated[Filters, Query()],
    part: Paging,
    viewer: Reader,
    process: Running,
    session: Transaction,
) -> Response:
    """The directory. Visitors find only those whose name is for everyone.

    600 requests an hour, and 2,000 different profiles a day; 429 beyond.
    """
    found = await find(session, await scope_of(session, viewer), filters, part)
    ids = [hit.member_id for hit in found.hits.rows]
    await count_profiles(process, viewer, ids)
    seen = await people.reached(session, viewer, ids)
    return etags.answer(request, _directory(found, seen), private=viewer is not None)


@router.get(
    "/members/{handle}",
    response_model=Member,
    response_model_exclude_unset=True,
    responses=problems(401, 403, 404, 429),
)
async def member(request: Request, viewer: Reader, seen: SeenMember) -> Response:
    """A profile as far as the reader may see it. Counts as one of 2,000 a day."""
    content = seen.member.model_dump_json(exclude_unset=True).encode()
    return etags.answer(request, content, private=viewer is not None)


@router.get(
    "/members/{handle}/similar",
    response_model=Similar,
    response_model_exclude_unset=True,
    responses=problems(401, 403, 404, 429),
)
async def similar_members(
    request: Request, viewer: SignedInReader, seen: SeenMember, process: Running, session: Transaction
) -> Response:
    """People worth meeting beside this one, each with the reason."""
    found = await similar(session, viewer, await scope_of(session, viewer), seen)
    await count_profiles(process, viewer, [one.id for one, _reason in found])
    items = [_similar(one.member, reason) for one, reason in found]
    content = Similar.model_construct(items=items, next=None).model_dump_json(exclude_unset=True).encode()
    return etags.answer(request, content, private=True)


@router.put("/members/{handle}/block", status_code=204, responses=problems(401, 404, 422))
async def block(handle: str, viewer: SignedIn, session: Transaction) -> Response:
    """Blocks: each gets 404 for the other's profile from now on. Once more changes nothing."""
    await actions.block(session, viewer, await to_be_blocked(session, viewer, handle))
    return Response(status_code=204)


@router.delete("/members/{handle}/block", status_code=204, responses=problems(401, 404))
async def unblock(handle: str, viewer: SignedIn, session: Transaction) -> Response:
    """Takes one's own block away."""
    await actions.unblock(session, viewer, await to_be_blocked(session, viewer, handle))
    return Response(status_code=204)


def _directory(found: Found, seen: list[Reached]) -> bytes:
    facets = {
        name: [FacetValue(value=value, count=count) for value, count in values]
        for name, values in facet_values(found.counts).items()
    }
    answer = Directory.model_construct(
        items=[one.member for one in seen],
        next=found.hits.next,
        total=found.total,
        facets=Facets(**facets),
    )
    return answer.model_dump_json(exclude_unset=True).encode()


def _similar(member: Member, reason: str) -> SimilarMember:
    values = {name: getattr(member, name) for name in member.model_fields_set}
    return SimilarMember.model_construct(**values, reason=reason)
