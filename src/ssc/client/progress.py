"""How far one has come in which thread: what makes resuming exact, and a message come once."""

from collections import defaultdict
from collections.abc import Mapping

from ssc.client.shapes import Message, Thread


class Progress:
    """All changes of a thread up to `have[id]` have been told."""

    def __init__(self, have: Mapping[str, int] | None = None) -> None:
        self.have: dict[str, int] = dict(have or {})
        self._floor: dict[str, int] = {}
        self._above: defaultdict[str, set[int]] = defaultdict(set)

    def meet(self, thread: Thread) -> None:
        """A thread that was not known is known from now on; one that was is resumed where it stood."""
        if thread["id"] not in self.have:
            self.have[thread["id"]] = thread["rev"]
            self._floor[thread["id"]] = thread["last_seq"]

    def leave(self, thread_id: str) -> None:
        self.have.pop(thread_id, None)
        self._floor.pop(thread_id, None)
        self._above.pop(thread_id, None)

    def takes(self, message: Message) -> bool:
        """Whether it is to be told; what was told already, or is older than that, is not."""
        thread_id = message["thread_id"]
        if message["rev"] <= self.have.get(thread_id, 0):
            return False
        self.have[thread_id] = message["rev"]
        return True

    def is_new(self, message: Message) -> bool:
        """Asked once for each that is told: whether this `seq` has not been before.

        A message that was changed again comes behind younger ones, so the highest `seq` says too little; as there is
        no hole in them, few need remembering.
        """
        thread_id, seq = message["thread_id"], message["seq"]
        above, floor = self._above[thread_id], self._floor.get(thread_id, 0)
        if seq <= floor or seq in above:
            return False
        above.add(seq)
        while floor + 1 in above:
            floor += 1
            above.discard(floor)
        self._floor[thread_id] = floor
        return True

    def begin_again(self, thread_id: str, rev: int) -> None:
        """The server says from where on to fetch: also below what one had, when it was restored from a backup."""
        if self.have.get(thread_id, 0) > rev:
            self.leave(thread_id)
            self.have[thread_id] = rev

    def behind(self, revs: Mapping[str, int]) -> list[str]:
        """The threads of a digest of which something was lost on the way."""
        return [thread_id for thread_id, rev in revs.items() if self.have.get(thread_id, rev) < rev]
