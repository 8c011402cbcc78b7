"""Titled conversations for programs."""

from typing import Annotated

from fastapi import Body

from ssc.accounts.loaders import SignedIn
from ssc.communities.conversations import actions, shapes
from ssc.communities.conversations.access import OwnChapter, OwnGroup, SharedConversation
from ssc.communities.conversations.forms import ClosureBody, ConversationBody
from ssc.communities.conversations.queries import Community, Talk, conversations_of, talk_of
from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Conversations"])
OF_CHAPTER, OF_GROUP = "/chapters/{country}/conversations", "/groups/{slug}/conversations"


@router.get(OF_CHAPTER, response_model_exclude_unset=True)
async def of_chapter(
    viewer: SignedIn, community: OwnChapter, part: Paging, session: Transaction
) -> Page[shapes.Conversation]:
    """A chapter's conversations, the latest opened first. For those who belong to it."""
    return await _page(session, viewer, community, part)


@router.post(OF_CHAPTER, status_code=201, response_model_exclude_unset=True, responses=problems(422, 429))
async def open_in_chapter(
    viewer: SignedIn, community: OwnChapter, body: ConversationBody, process: Running, session: Transaction
) -> shapes.Conversation:
    """Opens a conversation, which one then follows. For adults of the chapter; 20 a day."""
    return await _opened(session, process, viewer, community, body)


@router.get(OF_GROUP, response_model_exclude_unset=True)
async def of_group(
    viewer: SignedIn, community: OwnGroup, part: Paging, session: Transaction
) -> Page[shapes.Conversation]:
    """A topic group's conversations, the latest opened first. For its members."""
    return await _page(session, viewer, community, part)


@router.post(OF_GROUP, status_code=201, response_model_exclude_unset=True, responses=problems(409, 422, 429))
async def open_in_group(
    viewer: SignedIn, community: OwnGroup, body: ConversationBody, process: Running, session: Transaction
) -> shapes.Conversation:
    """Opens a conversation, which one then follows. For adults of the group; 20 a day."""
    return await _opened(session, process, viewer, community, body)


@router.patch("/conversations/{conversation}", response_model_exclude_unset=True, responses=problems(403, 404, 422))
async def rename(
    viewer: SignedIn, shared: SharedConversation, body: ConversationBody, session: Transaction
) -> shapes.Conversation:
    """Another title. For who opened it, and for who looks after the community."""
    conversation, community = shared
    await actions.rename(session, viewer, community, conversation, body)
    return _shape(await talk_of(session, viewer, conversation))


@router.put("/conversations/{conversation}/following", response_model_exclude_unset=True, responses=problems(403, 404))
async def follow(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> shapes.Conversation:
    """From now on it is among one's threads; minors read it."""
    conversation, community = shared
    await actions.follow(session, viewer, community, conversation)
    return _shape(await talk_of(session, viewer, conversation))


@router.delete("/conversations/{conversation}/following", status_code=204, responses=problems(404))
async def unfollow(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> None:
    """It is no longer among one's threads."""
    await actions.unfollow(session, viewer, shared[0])


@router.get("/conversations/{conversation}", response_model_exclude_unset=True, responses=problems(404))
async def conversation(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> shapes.Conversation:
    """One conversation, for those who belong to its community."""
    return _shape(await talk_of(session, viewer, shared[0]))


@router.put(
    "/conversations/{conversation}/closure", response_model_exclude_unset=True, responses=problems(403, 404, 422)
)
async def close(
    viewer: SignedIn,
    shared: SharedConversation,
    session: Transaction,
    body: Annotated[ClosureBody | None, Body()] = None,
) -> shapes.Conversation:
    """Nobody writes in it until it is opened again. For who opened it, who looks after the community, moderators."""
    found, community = shared
    await actions.close(session, viewer, community, found, body or ClosureBody())
    return _shape(await talk_of(session, viewer, found))


@router.delete("/conversations/{conversation}/closure", status_code=204, responses=problems(403, 404))
async def reopen(viewer: SignedIn, shared: SharedConversation, session: Transaction) -> None:
    """It is written in again. For who closed it herself, who looks after the community, moderators."""
    found, community = shared
    await actions.reopen(session, viewer, community, found)


async def _page(session: Session, viewer: Viewer, community: Community, part: Slice) -> Page[shapes.Conversation]:
    cut = await conversations_of(session, viewer, community.key, part)
    return Page[shapes.Conversation](items=[_shape(one) for one in cut.rows], next=cut.next)


async def _opened(
    session: Session, process: Running, viewer: Viewer, community: Community, body: ConversationBody
) -> shapes.Conversation:
    made = await actions.open_conversation(session, process.limits, viewer, community, body)
    return _shape(await talk_of(session, viewer, made))


def _shape(talk: Talk) -> shapes.Conversation:
    own = {"thread_id": str(talk.thread_id)} if talk.following else {}
    return shapes.Conversation(
        id=talk.id,
        title=talk.title,
        author=talk.author,
        created_at=talk.created_at,
        last_message_at=talk.last_message_at,
        messages=talk.messages,
        members=talk.members,
        following=talk.following,
        muted=talk.muted,
        closed=talk.closed,
        closed_note=talk.closed_note,
        **own,
    )
