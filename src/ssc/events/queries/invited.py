"""Somebody on the roster who was invited to an event and has no account."""

from dataclasses import dataclass

from sqlalchemy import select

from ssc.core.db import Session
from ssc.events.invitations import Pass
from ssc.events.models import Event
from ssc.people.models import Member


@dataclass(frozen=True)
class Guest:
    event: Event
    member: Member


async def guest_of(session: Session, allowed: Pass) -> Guest | None:
    """Until she has an account: from then on she signs in."""
    member = await session.scalar(
        select(Member).where(Member.id == allowed.member_id, Member.joined_at.is_(None), Member.deceased.is_(False))
    )
    event = await session.scalar(
        select(Event).where(Event.id == allowed.event_id, Event.published_at.is_not(None), Event.removed_at.is_(None))
    )
    return Guest(event, member) if member is not None and event is not None else None
