"""The order of one channel: which publications may go out now, each once and ascending, and whether one is missing."""

from collections.abc import Iterable

from ssc.core.live.news import Publication

WAITING = 1000
"""So many are kept behind a hole; what comes beyond is read again when the hole is filled."""


class Order:
    """Knows the last `rev` that went out. None: not yet known, and everything with a `rev` waits."""

    def __init__(self) -> None:
        self.last: int | None = None
        self._heard = 0
        self._doubted = False
        self._waiting: dict[int, Publication] = {}

    @property
    def missing(self) -> bool:
        """Whether a `rev` was heard of that cannot go out, since one before it has not come."""
        return self.last is not None and (self._doubted or self._heard > self.last)

    def take(self, publications: Iterable[Publication]) -> list[Publication]:
        """What has come; answers what may go out now. Publications without a `rev` always may."""
        ready: list[Publication] = []
        for publication in publications:
            rev = publication.rev
            if rev is None:
                ready.append(publication)
            elif self.last is None or rev > self.last:
                self.hear(rev)
                if len(self._waiting) < WAITING:
                    self._waiting[rev] = publication
                ready += self._next()
        return ready

    def begin(self, rev: int) -> list[Publication]:
        """The channel stood at `rev` when somebody looked: if nothing has gone out yet, nothing up to it need."""
        if self.last is None:
            return self._advance(rev)
        self.hear(rev)
        return []

    def hear(self, rev: int) -> None:
        """The channel has come to `rev`, whether or not its publication has come here."""
        self._heard = max(self._heard, rev)

    def doubt(self) -> None:
        """Something may have been lost: the channel is to be read again."""
        self._doubted = True

    def fill(self, found: Iterable[Publication]) -> list[Publication]:
        """All that was found above `last`, ascending. Its revs may skip: what was changed again has only its newest."""
        self._doubted = False
        ready = [publication for publication in found if (publication.rev or 0) > (self.last or 0)]
        return ready + self._advance(ready[-1].rev or 0) if ready else []

    def give_up(self) -> list[Publication]:
        """Nothing was found for the hole: what waits goes out behind it."""
        self._doubted = False
        ready = [self._waiting[rev] for rev in sorted(self._waiting)]
        self._waiting.clear()
        if self.last is not None:
            self.last = max(self.last, self._heard)
        return ready

    def _advance(self, rev: int) -> list[Publication]:
        self.last = rev
        self._waiting = {waits: publication for waits, publication in self._waiting.items() if waits > rev}
        return self._next()

    def _next(self) -> list[Publication]:
        ready: list[Publication] = []
        while self.last is not None and (publication := self._waiting.pop(self.last + 1, None)):
            self.last += 1
            ready.append(publication)
        return ready
