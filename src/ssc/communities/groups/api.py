"""Topic groups for programs."""

from typing import Annotated

from fastapi import Query

from ssc.accounts.loaders import Moderator, SignedIn
from ssc.communities.groups import actions, queries, rules, shapes
from ssc.communities.groups.access import KeptGroup, NamedMember, Proposer, SeenGroup
from ssc.communities.groups.forms import GroupBody, GroupChange, GroupDecision, GroupFilters
from ssc.communities.groups.queries import group_of
from ssc.communities.queries.seats import seat_of
from ssc.communities.shapes import Announcing
from ssc.core import errors, markdown
from ssc.core.db import Session
from ssc.events.queries import shown
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Topic groups"])


@router.get("/groups")
async def list_groups(
    filters: Annotated[GroupFilters, Query()], part: Paging, viewer: SignedIn, session: Transaction
) -> Page[shapes.GroupInShort]:
    """Topic groups by title; with `mine` one's own, those that wait for the moderators too."""
    cut = await queries.groups(session, viewer, filters, part)
    items = [shapes.GroupInShort.of(one.group, one.members, one.membership) for one in cut.rows]
    return Page[shapes.GroupInShort](items=items, next=cut.next)


@router.post("/groups", status_code=201, response_model_exclude_unset=True, responses=problems(403, 409, 422, 429))
async def propose(viewer: Proposer, body: GroupBody, process: Running, session: Transaction) -> shapes.Group:
    """Proposes a group; moderators decide. For adults, 20 a day."""
    made = await actions.propose(session, process.limits, viewer, body)
    return await _group(session, viewer, made.slug)


@router.get("/groups/{slug}", response_model_exclude_unset=True)
async def group(viewer: SignedIn, found: SeenGroup, session: Transaction) -> shapes.Group:
    """A group; one that is not approved only for who proposed it and who decides."""
    return await _group(session, viewer, found.group.slug)


@router.patch("/groups/{slug}", response_model_exclude_unset=True, responses=problems(403, 422))
async def change(viewer: SignedIn, found: KeptGroup, body: GroupChange, session: Transaction) -> shapes.Group:
    """Another title, description, field or way of joining. For who looks after it."""
    await actions.change(session, viewer, found.group, body)
    return await _group(session, viewer, found.group.slug)


@router.get("/group-proposals", responses=problems(403))
async def list_proposals(viewer: Moderator, session: Transaction) -> Page[shapes.GroupInShort]:
    """Proposed groups, the longest-waiting first. For moderators and the secretariat."""
    found = await queries.seen_groups(session, viewer, await queries.proposed(session))
    items = [shapes.GroupInShort.of(one.group, one.members, one.membership) for one in found]
    return Page[shapes.GroupInShort](items=items, next=None)


@router.post("/groups/{slug}/announcements", responses=problems(403, 409))
async def announce(viewer: SignedIn, found: SeenGroup, session: Transaction) -> Announcing:
    """The thread of the group's announcements, to write in. For who looks after it."""
    return Announcing(thread_id=await actions.announcing(session, viewer, found.group))


@router.post("/groups/{slug}/decision", response_model_exclude_unset=True, responses=problems(403, 409, 422))
async def decide(viewer: Moderator, found: SeenGroup, body: GroupDecision, session: Transaction) -> shapes.Group:
    """Opens a proposed group, or does not. For moderators and the secretariat."""
    await actions.decide(session, viewer, found.group, body)
    return await _group(session, viewer, found.group.slug)


@router.post("/groups/{slug}/close", response_model_exclude_unset=True, responses=problems(403))
async def close(viewer: SignedIn, found: KeptGroup, session: Transaction) -> shapes.Group:
    """Nobody joins or writes any more. For who looks after it."""
    await actions.close(session, viewer, found.group)
    return await _group(session, viewer, found.group.slug)


@router.put("/groups/{slug}/membership", responses=problems(403, 409))
async def join(viewer: SignedIn, found: SeenGroup, session: Transaction) -> shapes.Membership:
    """Comes in, or asks to where that is how one joins. Minors come in as readers."""
    return shapes.Membership(membership=await actions.join(session, viewer, found.group))


@router.delete("/groups/{slug}/membership", status_code=204)
async def leave(viewer: SignedIn, found: SeenGroup, session: Transaction) -> None:
    """Goes, or takes the request back; an owner's group goes to whoever has been in it longest."""
    await actions.leave(session, found.group, viewer.id)


@router.get("/groups/{slug}/requests", responses=problems(403))
async def list_requests(viewer: SignedIn, found: KeptGroup, part: Paging, session: Transaction) -> Page[shapes.Request]:
    """Who has asked to be in it, the longest-waiting first. For who looks after it."""
    cut = await queries.requests(session, viewer, found.group, part)
    items = [shapes.Request(member=member, since=place.created_at) for member, place in cut.rows]
    return Page[shapes.Request](items=items, next=cut.next)


@router.put("/groups/{slug}/members/{handle}", status_code=204, responses=problems(403, 404))
async def accept(viewer: SignedIn, found: KeptGroup, member: NamedMember, session: Transaction) -> None:
    """Lets somebody in who has asked. For who looks after it."""
    await actions.accept(session, viewer, found.group, member)


@router.delete("/groups/{slug}/members/{handle}", status_code=204, responses=problems(403, 404))
async def remove(found: KeptGroup, member: NamedMember, session: Transaction) -> None:
    """Takes somebody out, or declines her request; she is not told. For who looks after it."""
    await actions.leave(session, found.group, member)


async def _group(session: Session, viewer: Viewer, slug: str) -> shapes.Group:
    found = errors.found(await group_of(session, viewer, slug))
    group = found.group
    seat = await seat_of(session, viewer, group.subject) if group.approved else None
    upcoming = await queries.upcoming(session, viewer, group)
    own: dict[str, object] = {"thread_id": str(seat.thread_id)} if seat and seat.seated else {}
    if group.owner_id == viewer.id or rules.decides(viewer):
        own["decision_note"] = group.decision_note
    return shapes.Group.model_validate(
        {
            **shapes.GroupInShort.of(group, found.members, found.membership).model_dump(),
            "description": group.description,
            "html": markdown.render(group.description).html(),
            "owner": found.owner,
            "upcoming": await shown.in_short(session, viewer, upcoming) if upcoming else [],
            **own,
        }
    )
