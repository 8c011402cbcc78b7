"""Pages: all chapters, one chapter, and its coordinators' office."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.communities.chapters import actions, queries, rules
from ssc.communities.chapters.access import KeptChapter, SeenChapter
from ssc.communities.chapters.forms import NoteBody, VolunteerBody
from ssc.communities.chapters.notices import subject_of
from ssc.communities.chapters.queries import Seen
from ssc.communities.conversations import notices as conversations
from ssc.communities.conversations.queries import Community, Talk, community_of, conversations_of
from ssc.communities.queries.seats import chapter_subject
from ssc.core import markdown
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.events import clocks
from ssc.events.models import Event
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/chapters")
async def list_chapters(request: Request, viewer: Visitor, session: Transaction) -> Response:
    found = await queries.all_chapters(session, viewer)
    own = [one.country for one in found if rules.belongs(viewer, one.country)]
    return pages.render(request, "communities/chapters.html", viewer, chapters=found, own=own)


@router.get("/chapters/{country}")
async def chapter(
    request: Request, found: SeenChapter, part: Paging, viewer: Visitor, session: Transaction
) -> Response:
    return await _page(request, session, viewer, found, part, forms.blank())


@router.post("/chapters/{country}/volunteer")
async def volunteer(
    request: Request, viewer: SignedIn, found: SeenChapter, part: Paging, session: Transaction
) -> Response:
    form = await forms.read(request, VolunteerBody)
    if form.data is None:
        return await _page(request, session, viewer, found, part, form)
    await actions.volunteer(session, viewer, found.country, form.data.note)
    return pages.see_other(f"{found.url}?done=volunteered")


@router.post("/chapters/{country}/step-back")
async def step_back(viewer: SignedIn, found: SeenChapter, session: Transaction) -> Response:
    await actions.step_back(session, viewer.id, found.country)
    return pages.see_other(f"{found.url}?done=stepped-back")


@router.post("/chapters/{country}/announcements")
async def announce(viewer: SignedIn, found: SeenChapter, session: Transaction) -> Response:
    """To where announcements are written."""
    return pages.see_other(f"/messages/{await actions.announcing(session, viewer, found.country)}")


@router.get("/chapters/{country}/office")
async def office(request: Request, viewer: SignedIn, found: KeptChapter, session: Transaction) -> Response:
    viewer = await notifications.seen(session, viewer, subject_of(found.country))
    return await _office(request, session, viewer, found, forms.blank())


@router.post("/chapters/{country}/notes")
async def leave_note(request: Request, viewer: SignedIn, found: KeptChapter, session: Transaction) -> Response:
    form = await forms.read(request, NoteBody)
    if form.data is None:
        return await _office(request, session, viewer, found, form)
    await actions.leave_note(session, viewer, found.country, form.data)
    return pages.see_other(f"{found.url}/office?done=noted")


@router.post("/chapters/{country}/notes/{note}/remove")
async def remove_note(viewer: SignedIn, found: KeptChapter, note: str, session: Transaction) -> Response:
    await actions.remove_note(session, viewer, found.country, identity(note))
    return pages.see_other(f"{found.url}/office?done=removed")


def lines(events: list[Event]) -> list[tuple[Event, str, str]]:
    """Events as `event_line` draws them: with their day and hours."""
    return [
        (one, clocks.day(one.starts_at, one.time_zone), clocks.span(one.starts_at, one.ends_at, one.time_zone))
        for one in events
    ]


async def talks(session: Session, viewer: Viewer | None, key: str, part: Slice) -> tuple[Community | None, Cut[Talk]]:
    """The community and its conversations, for who belongs there."""
    community = await community_of(session, viewer, key) if viewer is not None else None
    if viewer is None or community is None or not community.belongs:
        return None, Cut([], None)
    return community, await conversations_of(session, viewer, key, part)


async def _page(
    request: Request, session: Session, viewer: Viewer | None, found: Seen, part: Slice, form: Form[Any]
) -> Response:
    if viewer is not None:
        viewer = await notifications.seen(session, viewer, subject_of(found.country))
        viewer = await notifications.seen(session, viewer, conversations.subject_of(chapter_subject(found.country)))
    community, cut = await talks(session, viewer, chapter_subject(found.country), part)
    return pages.render(
        request,
        "communities/chapter.html",
        viewer,
        status=422 if form.errors else 200,
        chapter=found,
        upcoming=lines(list(found.upcoming)),
        past=lines(list(found.past)),
        belongs=rules.belongs(viewer, found.country),
        sees_public=viewer is None or viewer.limited,
        keeps=rules.looks_after(viewer, found.country),
        may_volunteer=viewer is not None and rules.may_volunteer(viewer, found.country),
        volunteering=viewer is not None and await queries.is_volunteering(session, viewer, found.country),
        community=community,
        talks=cut.rows,
        next_href=f"{found.url}?cursor={cut.next}" if cut.next else "",
        first_href=found.url if part.after else "",
        form=form,
        done=request.query_params.get("done", ""),
    )


async def _office(request: Request, session: Session, viewer: Viewer, found: Seen, form: Form[Any]) -> Response:
    notes = await queries.notes(session, viewer, found.country)
    return pages.render(
        request,
        "communities/office.html",
        viewer,
        status=422 if form.errors else 200,
        chapter=found,
        drafts=lines(await queries.drafts(session, found.country)),
        upcoming=lines(list(found.upcoming)),
        notes=[(author, note, markdown.render(note.body).html()) for author, note in notes],
        terms=await queries.terms(session, viewer, found.country),
        candidates=await queries.candidates(session, viewer, found.country),
        room=await queries.room_for(session, viewer),
        form=form,
        done=request.query_params.get("done", ""),
    )
