"""How long to wait before one tries again: longer each time, and never all at once."""

import random

FIRST_S = 0.25
LONGEST_S = 30.0


class Patience:
    """Exponential back-off with full jitter: many clients that lost the same server come back one by one."""

    def __init__(self, first: float = FIRST_S, longest: float = LONGEST_S) -> None:
        self.tries = 0
        self._first = first
        self._longest = longest

    def next(self) -> float:
        self.tries += 1
        ceiling = min(self._longest, self._first * 2.0 ** min(self.tries - 1, 16))
        return random.uniform(ceiling / 4, ceiling)  # noqa: S311  keeps nothing secret

    def regained(self) -> None:
        self.tries = 0
