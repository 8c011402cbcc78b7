"""One channel in one process: who follows it, how far each has come, and what each is to be written."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from ssc.core.live.news import Burst, Publication, Receiver
from ssc.core.live.order import Order

HELD = 2000
"""So many publications are held for a receiver that is catching up; who takes longer comes again."""


class Channel:
    """Its followers: catching up, or live. A live one may be ahead, having read what has not come by here."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.order = Order()
        self._live: dict[Receiver, None] = {}
        self._ahead: dict[Receiver, int] = {}
        self._catching: dict[Receiver, list[Publication]] = {}
        self._all: tuple[Receiver, ...] | None = None

    @property
    def followed(self) -> bool:
        return bool(self._live or self._ahead or self._catching)

    def follow(self, receiver: Receiver) -> None:
        """Catching up from now: what has a `rev` is held until `caught_up`."""
        self.unfollow(receiver)
        self._catching[receiver] = []

    def follow_at_once(self, receiver: Receiver) -> None:
        """For channels without order: nothing to catch up with."""
        self._live[receiver] = None
        self._all = None

    def unfollow(self, receiver: Receiver) -> None:
        self._live.pop(receiver, None)
        self._ahead.pop(receiver, None)
        self._catching.pop(receiver, None)
        self._all = None

    def caught_up(self, receiver: Receiver, rev: int) -> list[Publication]:
        """It has read all up to `rev`: what it was held above that; from now on it is live."""
        held = self._catching.pop(receiver, None)
        if held is None:
            return []
        if rev > (self.order.last or 0):
            self._ahead[receiver] = rev
        else:
            self.follow_at_once(receiver)
        return [publication for publication in held if (publication.rev or 0) > rev]

    def bursts(self, ready: Sequence[Publication]) -> Iterator[tuple[Receiver, Burst]]:
        """Who is to be written what. The many that may see everything share one burst."""
        same = Burst(publication.frame for publication in ready)
        authors = {publication.author for publication in ready} - {None}
        if self._all is None:
            self._all = tuple(self._live)
        for receiver in self._all:
            blocked = receiver.blocked
            if not blocked or blocked.isdisjoint(authors):
                yield receiver, same
            elif burst := seen_by(blocked, ready):
                yield receiver, burst
        if self._ahead:
            yield from self._to_those_ahead(ready)
        if self._catching:
            yield from self._to_those_catching_up(ready)

    def _to_those_ahead(self, ready: Sequence[Publication]) -> Iterator[tuple[Receiver, Burst]]:
        for receiver, reached in list(self._ahead.items()):
            fresh = [p for p in ready if p.rev is None or p.rev > reached]
            if burst := seen_by(receiver.blocked, fresh):
                yield receiver, burst
            if (self.order.last or 0) >= reached:
                del self._ahead[receiver]
                self.follow_at_once(receiver)

    def _to_those_catching_up(self, ready: Sequence[Publication]) -> Iterator[tuple[Receiver, Burst]]:
        for receiver, held in list(self._catching.items()):
            held += [publication for publication in ready if publication.rev is not None]
            if burst := seen_by(receiver.blocked, [publication for publication in ready if publication.rev is None]):
                yield receiver, burst
            if len(held) > HELD:
                del self._catching[receiver]
                receiver.ended(1013)


def seen_by(blocked: frozenset[UUID], publications: Iterable[Publication]) -> Burst:
    """The frames as somebody with these blocks gets them."""
    frames = (p.withheld if p.author in blocked else p.frame for p in publications)
    return Burst(frame for frame in frames if frame is not None)
