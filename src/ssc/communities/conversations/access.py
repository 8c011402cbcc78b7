"""Loaders: the conversation that an address names, through the community to which the viewer belongs."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.accounts.loaders import SignedIn
from ssc.communities.chapters.access import SeenChapter
from ssc.communities.conversations.models import Conversation
from ssc.communities.conversations.queries import Community, community_of, conversation_of
from ssc.communities.groups.access import SeenGroup
from ssc.communities.queries.seats import chapter_subject
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def shared_conversation(
    conversation: str, viewer: SignedIn, session: Transaction
) -> tuple[Conversation, Community]:
    parsed = ids.parse(conversation)
    return errors.found(await conversation_of(session, viewer, parsed) if parsed else None)


SharedConversation = Annotated[tuple[Conversation, Community], Depends(shared_conversation)]
"""The conversation in the path and its community; 404 for who does not belong there."""


@api.refuses(403)
async def of_chapter(viewer: SignedIn, found: SeenChapter, request: Request, session: Transaction) -> Community:
    return await _own(session, viewer, chapter_subject(found.country), opens=_opens(request))


@api.refuses(403)
async def of_group(viewer: SignedIn, found: SeenGroup, request: Request, session: Transaction) -> Community:
    return await _own(session, viewer, found.group.subject, opens=_opens(request))


OwnChapter = Annotated[Community, Depends(of_chapter)]
"""The chapter in the path, for those who belong to it and, where one is opened, may open conversations; 403 else."""

OwnGroup = Annotated[Community, Depends(of_group)]
"""The same of a topic group."""


def _opens(request: Request) -> bool:
    return request.method not in ("GET", "HEAD") or request.url.path.endswith("/new")


async def _own(session: Session, viewer: Viewer, key: str, *, opens: bool) -> Community:
    community = await community_of(session, viewer, key)
    if community is None or not community.belongs:
        raise errors.forbidden(_("Its conversations are for those who belong to it."))
    if opens and (viewer.is_minor or viewer.limited):
        raise errors.forbidden(_("Adult members of the community open conversations."))
    return community
