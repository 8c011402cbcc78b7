"""Kinds as features above will declare them, so that telling can be tried before there are threads and events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from ssc.app import KINDS
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.notifications import actions as notifications
from ssc.notifications import kinds
from ssc.notifications.kinds import Kind, Quote, Told
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from tests.cast import Cast


def sentence(told: Told) -> str:
    return f"{told.who} wrote in {told.data['title']} ({told.count})"


def title(told: Told) -> str:
    return str(told.data["title"])


@dataclass
class Written:
    """What stands in threads, for the kinds' `look`; None: nothing is left."""

    quotes: dict[str, Sequence[Quote] | None] = field(default_factory=dict)

    async def look(self, session: Session, viewer: Viewer, subject: str) -> Sequence[Quote] | None:
        return self.quotes.get(subject, ())


DIRECT = Kind("direct-message", lambda: "Messages to you", sentence, title, push=True, private=True)
REQUEST = Kind("message-request", lambda: "Requests to write to you", sentence, title)
MENTION = Kind("mention", lambda: "Mentions", sentence, title, push=True, private=True)
ACTIVITY = Kind("thread-activity", lambda: "Activity in threads", sentence, title, mail=False, digest=True)


@pytest.fixture(autouse=True)
def written() -> Iterator[Written]:
    """The kinds of messaging are known for the length of a test, and look at this."""
    stands = Written()
    declared = [replace(kind, look=stands.look) for kind in (DIRECT, REQUEST, MENTION, ACTIVITY)]
    kinds.register(declared)
    yield stands
    kinds.forget(declared)
    kinds.register(KINDS)


@dataclass
class Club:
    """Tells and looks, each in a transaction of its own."""

    running: Process

    async def tell(
        self, member: Member | Sequence[Member], by: Member | None = None, kind: Kind = DIRECT, thread: str = "1"
    ) -> list[UUID]:
        members = [member] if isinstance(member, Member) else member
        async with self.running.database.transaction() as session:
            return await notifications.tell(
                session,
                kinds.named(kind.name) or kind,
                [one.id for one in members],
                subject=f"thread:{thread}",
                url=f"/messages/{thread}",
                data={"title": f"Thread {thread}"},
                by=by.id if by else None,
            )

    async def withdraw(self, thread: str, *members: Member, only: int | None = None) -> None:
        async with self.running.database.transaction() as session:
            ids = [member.id for member in members] or None
            await notifications.withdraw(session, f"thread:{thread}", ids, only=only)


@pytest.fixture
def club(cast: Cast) -> Club:
    return Club(cast.running)
