"""What a cohort comes to: how many took part, and how many of them are here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many took part, as far as the reader may count them, and how many of them are here."""

    all: int = 0
    here: int = 0

    @property
    def missing(self) -> int:
        return self.all - self.here
