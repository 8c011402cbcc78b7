"""News as they travel between processes: bytes that say from which process they come."""

from collections.abc import Iterable, Iterator
from struct import Struct, error
from typing import cast, get_args
from uuid import UUID

from ssc.core.live.news import Act, Hint, News, Publication, Verb

ORIGIN = 8
"""So many bytes name the process."""

_HEAD = Struct("!Bq16sIIH")  # kind, rev, author or member, length of frame, of what is withheld, of the subject
_NONE = 0xFFFFFFFF
_NOBODY = bytes(16)
_VERBS: tuple[Verb, ...] = get_args(Verb)
_PUBLICATION, _HINT, _ACT = 0, 1, 2  # and above: the verb


class Garbage(ValueError):
    """This was not written by a process of ours."""


def packed(origin: bytes, news: Iterable[News]) -> bytes:
    """News of one channel."""
    return origin + b"".join(map(_record, news))


def unpacked(channel: str, payload: bytes) -> tuple[bytes, list[News]]:
    """The origin and the news; `Garbage` when it is not ours."""
    try:
        return payload[:ORIGIN], list(_records(channel, payload))
    except (error, ValueError, IndexError) as wrong:
        raise Garbage(channel) from wrong


def _record(one: News) -> bytes:
    if isinstance(one, Hint):
        return _HEAD.pack(_HINT, one.rev, _NOBODY, 0, _NONE, 0)
    if isinstance(one, Act):
        subject = one.subject.encode()
        kind = _ACT + _VERBS.index(one.verb)
        return _HEAD.pack(kind, -1, one.member_id.bytes, len(one.frame), _NONE, len(subject)) + one.frame + subject
    author = one.author.bytes if one.author else _NOBODY
    rev = -1 if one.rev is None else one.rev
    length = _NONE if one.withheld is None else len(one.withheld)
    return _HEAD.pack(_PUBLICATION, rev, author, len(one.frame), length, 0) + one.frame + (one.withheld or b"")


def _records(channel: str, payload: bytes) -> Iterator[News]:
    at = ORIGIN
    while at < len(payload):
        kind, rev, person, length, withheld_length, subject_length = _HEAD.unpack_from(payload, at)
        at += _HEAD.size
        parts = []
        for size in (length, 0 if withheld_length == _NONE else withheld_length, subject_length):
            parts.append(payload[at : at + size])
            at += size
        if at > len(payload):
            raise Garbage(channel)
        frame, withheld, subject = parts
        if kind == _HINT:
            yield Hint(channel, rev)
        elif kind == _PUBLICATION:
            author = None if person == _NOBODY else UUID(bytes=person)
            yield Publication(
                channel, frame, None if rev < 0 else rev, author, None if withheld_length == _NONE else withheld
            )
        else:
            yield Act(UUID(bytes=person), cast(Verb, _VERBS[kind - _ACT]), subject.decode(), frame)
