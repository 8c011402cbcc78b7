"""Loaders: the conversation that an address names, through the community to which the viewer belongs."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.communities.conversations.models import Conversation
from ssc.communities.conversations.queries import Community, conversation_of
from ssc.core import errors, ids
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def shared_conversation(
    conversation: str, viewer: SignedIn, session: Transaction
) -> tuple[Conversation, Community]:
    parsed = ids.parse(conversation)
    found = await conversation_of(session, viewer, parsed) if parsed else None
    if found is None:
        raise errors.not_found()
    return found


SharedConversation = Annotated[tuple[Conversation, Community], Depends(shared_conversation)]
"""The conversation in the path and its community; 404 for who does not belong there."""
