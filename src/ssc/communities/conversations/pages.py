"""Pages: a conversation that one does not follow yet, and the verbs of who does."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.communities.conversations import actions, rules
from ssc.communities.conversations.access import OwnChapter, OwnGroup, SharedConversation
from ssc.communities.conversations.forms import ClosureBody, ConversationBody
from ssc.communities.conversations.models import Conversation
from ssc.communities.conversations.notices import subject_of
from ssc.communities.conversations.queries import Community, talk_of
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.messaging.actions import own_state
from ssc.messaging.queries.places import place_of
from ssc.messaging.rules import FOREVER
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/conversations/{conversation}"


@router.get("/chapters/{country}/conversations/new")
async def new_in_chapter(request: Request, viewer: SignedIn, community: OwnChapter) -> Response:
    return _new(request, viewer, community, forms.blank())


@router.post("/chapters/{country}/conversations")
async def open_in_chapter(
    request: Request, viewer: SignedIn, community: OwnChapter, session: Transaction, process: Running
) -> Response:
    return await _open(request, session, process, viewer, community)


@router.get("/groups/{slug}/conversations/new")
async def new_in_group(request: Request, viewer: SignedIn, community: OwnGroup) -> Response:
    return _new(request, viewer, community, forms.blank())


@router.post("/groups/{slug}/conversations")
async def open_in_group(
    request: Request, viewer: SignedIn, community: OwnGroup, session: Transaction, process: Running
) -> Response:
    return await _open(request, session, process, viewer, community)


@router.get(HERE)
async def conversation(
    request: Request, viewer: SignedIn, shared: SharedConversation, session: Transaction
) -> Response:
    """What it is, and how loud it is for the reader; what is said in it stands among her messages."""
    found, community = shared
    viewer = await notifications.seen(session, viewer, subject_of(community.key))
    return await _page(request, session, viewer, shared, forms.blank(title=found.title))


@router.post(HERE + "/follow")
async def follow(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    found, community = shared
    return pages.see_other(f"/messages/{await actions.follow(session, viewer, community, found)}")


@router.post(HERE + "/unfollow")
async def unfollow(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    await actions.unfollow(session, viewer, shared[0])
    return pages.see_other(f"/conversations/{shared[0].id}?done=unfollowed")


@router.post(HERE + "/mute")
async def mute(request: Request, viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    """For good, or no longer; one who does not follow it has nothing to mute."""
    away = str((await forms.submission(request)).get("away", "true")) == "true"
    talk = await talk_of(session, viewer, shared[0])
    place = await place_of(session, viewer, talk.thread_id)
    if place is None:
        raise errors.conflict(_("Follow the conversation first."))
    await own_state.mute(session, viewer, place, FOREVER if away else None)
    return pages.see_other(f"/conversations/{shared[0].id}?done={'muted' if away else 'unmuted'}")


@router.post(HERE + "/rename")
async def rename(request: Request, viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    found, community = shared
    form = await forms.read(request, ConversationBody)
    if form.data is None:
        return await _page(request, session, viewer, shared, form)
    await actions.rename(session, viewer, community, found, form.data)
    return pages.see_other(f"/conversations/{found.id}?done=renamed")


@router.post(HERE + "/close")
async def close(request: Request, viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    found, community = shared
    form = await forms.read(request, ClosureBody)
    if form.data is None:
        return await _page(request, session, viewer, shared, form)
    await actions.close(session, viewer, community, found, form.data)
    return pages.see_other(f"/conversations/{found.id}?done=closed")


@router.post(HERE + "/reopen")
async def reopen(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> Response:
    found, community = shared
    await actions.reopen(session, viewer, community, found)
    return pages.see_other(f"/conversations/{found.id}?done=reopened")


async def _page(
    request: Request, session: Session, viewer: Viewer, shared: tuple[Conversation, Community], form: Form[Any]
) -> Response:
    found, community = shared
    talk = await talk_of(session, viewer, found)
    form.values.setdefault("title", found.title)
    return pages.render(
        request,
        "communities/conversation.html",
        viewer,
        status=422 if form.errors else 200,
        talk=talk,
        community=community,
        may_rename=rules.may_rename(viewer, community, found),
        may_close=not talk.closed and rules.may_close(viewer, community, found),
        may_reopen=talk.closed and rules.may_reopen(viewer, community, found),
        writes=community.open and not talk.closed and not viewer.is_minor,
        form=form,
        done=request.query_params.get("done", ""),
    )


async def _open(request: Request, session: Session, process: Running, viewer: Viewer, community: Community) -> Response:
    form = await forms.read(request, ConversationBody)
    if form.data is not None:
        try:
            made = await actions.open_conversation(session, process.limits, viewer, community, form.data)
            return pages.see_other(f"/messages/{(await talk_of(session, viewer, made)).thread_id}")
        except Problem as refused:
            if refused.kind.status == 403:
                raise
            form.refuse(refused)
    return _new(request, viewer, community, form)


def _new(request: Request, viewer: Viewer, community: Community, form: Form[Any]) -> Response:
    status = 422 if form.errors else 200
    return pages.render(request, "communities/opening.html", viewer, status=status, form=form, community=community)
