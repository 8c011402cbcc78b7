"""Messages as lines of a page: with their day, whether they go on, what they answer, and where the reader stopped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ssc.messaging.pages.clocks import Clock

Shape = dict[str, Any]
TOGETHER = timedelta(minutes=5)
"""So long an author's next message goes on below the one before; js/lib/message-view.js holds the same."""


@dataclass(frozen=True)
class Line:
    """One message. `day` is the name of a day that begins with it, `date` that day; `new`: from here on unread."""

    message: Shape
    time: str = ""
    date: str = ""
    day: str = ""
    new: bool = False
    follows: bool = False
    quote: Shape | None = None


BLANK = Line(
    {
        "thread_id": "",
        "seq": 0,
        "rev": 0,
        "kind": "text",
        "author": None,
        "body": "",
        "html": "",
        "reply_to": 0,
        "attachments": [],
        "reactions": {},
        "created_at": "",
        "edited_at": None,
        "deleted": False,
        "withheld": False,
        "pinned": False,
    }
)
"""What the script fills in for messages that come live."""


def whole(shape: Shape) -> Shape:
    """A message with the fields that the API leaves out where they say nothing."""
    return {**BLANK.message, **shape}


def lines_of(
    messages: Sequence[Shape], clock: Clock, me: str, *, quoted: Mapping[int, Shape], read: int
) -> Iterator[Line]:
    """In the order given. `quoted`: what is answered but stands elsewhere; `read`: up to which the reader has read."""
    known = {**quoted, **{one["seq"]: one for one in messages}}
    before: Shape | None = None
    fresh = False
    for one in map(whole, messages):
        begins = before is None or clock.at(before["created_at"]).date() != clock.at(one["created_at"]).date()
        new = not fresh and one["seq"] > read and one["kind"] == "text" and not _by(one, me)
        fresh = fresh or new
        day = clock.at(one["created_at"]).date()
        answered = known.get(one["reply_to"]) if one["reply_to"] else None
        yield Line(
            one,
            clock.minute(one["created_at"]),
            day.isoformat(),
            clock.day(day) if begins else "",
            new,
            not begins and not new and _goes_on(before, one, clock),
            whole(answered) if answered else None,
        )
        before = one


def _by(message: Shape, handle: str) -> bool:
    return message["author"] is not None and message["author"]["handle"] == handle


def _goes_on(before: Shape | None, now: Shape, clock: Clock) -> bool:
    if before is None or before["kind"] != "text" or now["kind"] != "text" or now["reply_to"]:
        return False
    apart = clock.at(now["created_at"]) - clock.at(before["created_at"])
    return now["author"] is not None and _by(before, now["author"]["handle"]) and apart < TOGETHER
