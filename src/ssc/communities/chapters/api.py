"""Chapters and offices for programs."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Body, Query

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Staff, Visitor
from ssc.communities.chapters import actions, queries, shapes
from ssc.communities.chapters.access import Holder, KeptChapter, Office, SeenChapter
from ssc.communities.chapters.forms import NoteBody, TermBody, VolunteerBody
from ssc.communities.chapters.models import Candidacy, HandOverNote
from ssc.communities.chapters.queries import Held, Seen
from ssc.communities.shapes import Announcing
from ssc.core import markdown
from ssc.core.db import Session
from ssc.events.queries import shown
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction

router = api.router(tags=["Chapters"])


@router.get("/chapters", response_model=Page[shapes.Chapter], response_model_exclude_unset=True)
async def list_chapters(part: Paging, viewer: Visitor, session: Transaction) -> Page[shapes.Chapter]:
    """Every country or region whose people took part or have joined, by its code. Public."""
    cut = await queries.page_of_chapters(session, viewer, part)
    return Page[shapes.Chapter](items=await _chapters(session, viewer, cut.rows), next=cut.next)


@router.get("/chapters/{country}", response_model=shapes.Chapter, response_model_exclude_unset=True)
async def chapter(found: SeenChapter, viewer: Visitor, session: Transaction) -> shapes.Chapter:
    """A chapter; who belongs to it also learns its thread."""
    (shape,) = await _chapters(session, viewer, [found])
    if viewer is None:
        return shape
    return shape.model_copy(update={"volunteering": await queries.is_volunteering(session, viewer, found.country)})


@router.put("/chapters/{country}/volunteer", status_code=204, responses=problems(403))
async def volunteer(
    viewer: SignedIn, found: SeenChapter, session: Transaction, body: Annotated[VolunteerBody | None, Body()] = None
) -> None:
    """Puts oneself forward as coordinator; the secretariat decides. For adults of the chapter."""
    await actions.volunteer(session, viewer, found.country, body.note if body else "")


@router.delete("/chapters/{country}/volunteer", status_code=204)
async def step_back(viewer: SignedIn, found: SeenChapter, session: Transaction) -> None:
    """Takes it back."""
    await actions.step_back(session, viewer.id, found.country)


@router.post("/chapters/{country}/announcements", responses=problems(403))
async def announce(viewer: SignedIn, found: SeenChapter, session: Transaction) -> Announcing:
    """The thread of the chapter's announcements, to write in. For its coordinators and the secretariat."""
    return Announcing(thread_id=await actions.announcing(session, viewer, found.country))


@router.get("/candidacies", tags=["The desk"], responses=problems(403))
async def list_candidates(viewer: Staff, session: Transaction) -> Page[shapes.Candidate]:
    """Who would like to coordinate a chapter, the longest-waiting first. For the secretariat."""
    found = await queries.candidates(session, viewer)
    return Page[shapes.Candidate](items=[_candidate(*one) for one in found], next=None)


@router.delete(
    "/chapters/{country}/candidates/{handle}", status_code=204, tags=["The desk"], responses=problems(403, 404)
)
async def decline(
    viewer: Staff,
    found: SeenChapter,
    member: Holder,
    session: Transaction,
    reason: Annotated[str, Query(max_length=500)] = "",
) -> None:
    """Does not take up an offer to coordinate; who made it is told. For the secretariat."""
    await actions.decline(session, viewer, member, found.country, reason)


@router.get("/chapters/{country}/office", response_model=shapes.Office, response_model_exclude_unset=True)
async def office(viewer: SignedIn, found: KeptChapter, session: Transaction) -> shapes.Office:
    """What a coordinator finds when her term begins: drafts, open events, notes of those before her."""
    room = await queries.room_for(session, viewer)
    drafts = await queries.drafts(session, found.country)
    return shapes.Office(
        drafts=await shown.in_short(session, viewer, drafts),
        open=await shown.in_short(session, viewer, found.upcoming),
        notes=[_note(*one) for one in await queries.notes(session, viewer, found.country)],
        terms=[_coordinator(one) for one in await queries.terms(session, viewer, found.country)],
        candidates=[_candidate(*one) for one in await queries.candidates(session, viewer, found.country)],
        room=str(room) if room else None,
    )


@router.post("/chapters/{country}/notes", status_code=201, responses=problems(422))
async def leave_note(viewer: SignedIn, found: KeptChapter, body: NoteBody, session: Transaction) -> shapes.Note:
    """Leaves a note to whoever follows."""
    return _note(viewer.in_short.in_short, await actions.leave_note(session, viewer, found.country, body))


@router.delete("/chapters/{country}/notes/{note}", status_code=204, responses=problems(403, 404))
async def remove_note(viewer: SignedIn, found: KeptChapter, note: str, session: Transaction) -> None:
    """Takes one's own note away; the secretariat any."""
    await actions.remove_note(session, viewer, found.country, identity(note))


@router.put("/members/{handle}/roles/{role}", tags=["The desk"], responses=problems(403, 404, 409, 422))
async def appoint(role: Office, member: Holder, viewer: Staff, body: TermBody, session: Transaction) -> shapes.Term:
    """Gives an office from a day to a day, or changes the term in which it is held. For the secretariat."""
    term = await actions.appoint(session, viewer, member, role, body)
    return shapes.Term(
        role=term.spelled, lead=term.lead, starts_on=term.starts_on, ends_on=term.ends_on, reason=term.reason
    )


@router.delete("/members/{handle}/roles/{role}", status_code=204, tags=["The desk"], responses=problems(403, 404))
async def withdraw_office(
    role: Office,
    member: Holder,
    viewer: Staff,
    session: Transaction,
    reason: Annotated[str, Query(max_length=500)] = "",
) -> None:
    """Ends the office at once. For the secretariat."""
    await actions.withdraw_office(session, viewer, member, role, reason)


async def _chapters(session: Session, viewer: Viewer | None, found: Sequence[Seen]) -> list[shapes.Chapter]:
    events = [event for one in found for event in (*one.upcoming, *one.past)]
    told = dict(zip([event.id for event in events], await shown.in_short(session, viewer, events), strict=True))
    threads = await queries.threads_for(session, viewer, [one.country for one in found])
    return [
        shapes.Chapter(
            country=one.country,
            name=one.name,
            members=one.members,
            coordinators=[_coordinator(held) for held in one.coordinators],
            hosts=[shapes.Visited(id=host, name=name, exchanges=number) for host, name, number in one.hosts],
            upcoming=[told[event.id] for event in one.upcoming],
            past=[told[event.id] for event in one.past],
            **({"coordinated": one.coordinated} if viewer is None else {}),
            **({"thread_id": str(threads[one.country])} if one.country in threads else {}),
        )
        for one in found
    ]


def _coordinator(held: Held) -> shapes.Coordinator:
    term = held.term
    return shapes.Coordinator(member=held.member, lead=term.lead, starts_on=term.starts_on, ends_on=term.ends_on)


def _candidate(member: MemberInShort, row: Candidacy) -> shapes.Candidate:
    return shapes.Candidate(member=member, country=row.country, note=row.note, since=row.created_at)


def _note(author: MemberInShort | None, note: HandOverNote) -> shapes.Note:
    return shapes.Note(
        id=note.id, author=author, body=note.body, html=markdown.render(note.body).html(), created_at=note.created_at
    )
