"""Catching up: what a client lacks of its threads, read once it follows them, so that nothing falls between."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ssc.core.db import Session
from ssc.messaging import encoding
from ssc.messaging.queries.inbox import Heard
from ssc.messaging.queries.messages import Read, missed_in
from ssc.people.viewer import Viewer

GAP = 200
"""Who missed more changes of a thread fetches them by `after_rev`."""
MANY = 20
"""Threads that are read in one go: what waits in memory for a slow client is bounded."""

Have = Mapping[UUID, int]


@dataclass(frozen=True)
class Missed:
    """What a client lacks of some threads, and how far each has come with it."""

    frames: list[bytes]
    revs: dict[str, int]
    """By channel: what came by meanwhile and is not above it, is in the frames."""


def left_frame(thread_id: UUID) -> bytes:
    """That one is no longer in a thread."""
    return encoding.frame("thread", thread={"id": str(thread_id), "left": True})


def thread_frame(thread: Heard) -> bytes:
    return encoding.frame("thread", thread=thread.shape)


async def missed_of(session: Session, viewer: Viewer, threads: Sequence[Heard], have: Have) -> Missed:
    """For these threads the changes after what she has, or a `gap`; for those that she has not, nothing."""
    asked = [
        (thread.id, have[thread.id], thread.above)
        for thread in threads
        if thread.above is not None and have.get(thread.id, thread.rev) < thread.rev
    ]
    found: dict[UUID, list[Read]] = defaultdict(list)
    for read in await missed_in(session, asked, GAP + 1):
        found[UUID(read.shape["thread_id"])].append(read)
    frames: list[bytes] = []
    revs: dict[str, int] = {}
    for thread in threads:
        reads = found[thread.id]
        rev = max([thread.rev, *(read.shape["rev"] for read in reads)])
        if len(reads) > GAP or have.get(thread.id, 0) > thread.rev:  # the latter: restored from a backup
            rev = thread.rev
            frames.append(_gap(thread, have[thread.id] if reads else 0))
        else:
            frames += [encoding.frame("message", message=read.seen_by(viewer.blocked)) for read in reads]
        revs[thread.channel] = rev
    return Missed(frames, revs)


def _gap(thread: Heard, after_rev: int) -> bytes:
    return encoding.frame("gap", thread_id=str(thread.id), after_rev=after_rev, rev=thread.rev)
