"""Messages and frames as bytes: encoded once, the same for every reader."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from ssc.people.shapes import photo_addresses

UPLOADS = "/files/messages"
_WITHHELD: dict[str, Any] = {
    "client_id": None,
    "author": None,
    "body": "",
    "html": "",
    "attachments": [],
    "reactions": {},
    "withheld": True,
}


def author(handle: str | None, name: str, photo: UUID | None) -> dict[str, Any] | None:
    """A member in short. Her photo's addresses check at every read who asks."""
    return {"handle": handle, "name": name, "photo": photo_addresses(photo)} if handle else None


def attachment(row: Mapping[str, Any]) -> dict[str, Any]:
    """From a row of `upload`, or the same as JSON."""
    made = {name: row[name] for name in ("id", "kind", "name", "bytes")} | {"url": f"{UPLOADS}/{row['id']}"}
    return made if row["width"] is None else made | {"width": row["width"], "height": row["height"]}


def withheld(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same message for somebody who has a block towards its author: its place in the order, and no more."""
    return {**message, **_WITHHELD}


def frame(op: str, **content: Any) -> bytes:
    return to_json({"op": op, **content})


def message_frame(message: bytes) -> bytes:
    """The frame around a message that is encoded already."""
    return b'{"op":"message","message":' + message + b"}"


def json(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return to_json(content)
