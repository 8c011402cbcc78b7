"""When an edit amends, whether it knows what it changes, and what a text is called in an address: pure."""

import difflib
import hashlib
import re
from collections.abc import Collection
from datetime import datetime, timedelta
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
    """Line by line, what went and what came."""
    sorts: dict[str, Literal["same", "old", "new"]] = {"  ": "same", "- ": "old", "+ ": "new"}
    compared = difflib.Differ().compare(old.splitlines(), new.splitlines())
    return [Line(sorts[line[:2]], line[2:]) for line in compared if line[:2] in sorts]


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
