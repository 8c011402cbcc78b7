"""When an edit amends, whether it knows what it changes, and what a text is called in an address: pure."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Literal, NamedTuple
from uuid import UUID

from ssc.core import errors, text
from ssc.core.i18n import words
from ssc.people.viewer import Viewer
from ssc.writing.models import Version

AMENDS_WITHIN = timedelta(minutes=10)
SEEN_WITHIN = timedelta(minutes=2)
PREVIEW_LASTS = timedelta(days=7)
KEPT_TAKEN_DOWN = timedelta(days=30)
"""So long a picture that was taken down can come back; then its files are deleted."""
RESERVED = frozenset({"finder", "feed", "new"})

EDITED_MEANWHILE = errors.kind(
    "edited-meanwhile",
    409,
    words("Somebody changed this meanwhile"),
    words("The text is not the one that you began to change. Nothing of yours is stored: read the other, then repeat."),
)
REVISION_NEEDED = errors.kind(
    "revision-needed",
    428,
    words("Say which text you change"),
    words("Send the ETag that the text had when you read it as If-Match, so that nobody's change is lost."),
)

_SLUG_LENGTH = 80
_MOST_COMPARED = 2000  # lines: a fifth of a second at the worst


class Line(NamedTuple):
    """A line of two versions side by side."""

    sort: Literal["same", "old", "new"]
    text: str


def amends(version: Version, by: UUID | None, now: datetime) -> bool:
    """Whether an edit still belongs to this version: the same person's, within ten minutes of its beginning."""
    return by is not None and version.written_by == by and now - version.begun_at < AMENDS_WITHIN


def tag(rev: int, content: bytes) -> str:
    """The `ETag` of a page or answer that shows revision `rev`: another for whatever else is on it."""
    return f'"r{rev}-{hashlib.sha256(content).hexdigest()[:24]}"'


def is_meant(if_match: str, rev: int) -> bool:
    """Whether `If-Match` names this revision, whatever else was on the page that gave its tag; or any (`*`)."""
    given = [known.strip().removeprefix("W/").strip('"').partition("-")[0] for known in if_match.split(",")]
    return given == ["*"] or f"r{rev}" in given


def differences(old: str, new: str) -> list[Line]:
    """Line by line, what went and what came. Of thousands of changed lines none is held against another: all went."""
    gone, come = old.splitlines(), new.splitlines()
    head = _alike(gone, come)
    tail = _alike(gone[head:][::-1], come[head:][::-1])
    ends = len(gone) - tail, len(come) - tail
    changed = _changed(gone[head : ends[0]], come[head : ends[1]])
    return [*(Line("same", text) for text in gone[:head]), *changed, *(Line("same", text) for text in gone[ends[0] :])]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _changed(gone: Sequence[str], come: Sequence[str]) -> Iterator[Line]:
    """`difflib.Differ` looks within lines, too, which takes a quarter of an hour for the 50,000 letters of a text."""
    whole = [("replace", 0, len(gone), 0, len(come))]
    few = max(len(gone), len(come)) <= _MOST_COMPARED
    for sort, *(a, b, c, d) in SequenceMatcher(None, gone, come).get_opcodes() if few else whole:
        if sort == "equal":
            yield from (Line("same", text) for text in gone[a:b])
        else:
            yield from (Line("old", text) for text in gone[a:b])
            yield from (Line("new", text) for text in come[c:d])


def slug_of(title: str, otherwise: str, taken: Collection[str]) -> str:
    """What the address calls it: the title's plain letters, else `otherwise`; numbered where that is taken."""
    letters = re.sub(r"[^a-z0-9]+", "-", text.plain(title)).strip("-")[:_SLUG_LENGTH].strip("-")
    stem = letters if len(letters) >= 3 else otherwise
    number, slug = 1, stem
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def is_editor(viewer: Viewer) -> bool:
    """Who cares for the club's own words: editors, and the secretariat."""
    return viewer.is_editor or viewer.is_staff
