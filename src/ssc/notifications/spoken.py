"""A notice in words: its kind's sentence, in the reader's language."""

from dataclasses import dataclass

from ssc.notifications.kinds import Kind, Told
from ssc.notifications.models import Notice


@dataclass(frozen=True)
class Spoken:
    """A notice with what its sentence is made of."""

    notice: Notice
    kind: Kind
    told: Told

    @property
    def text(self) -> str:
        return self.kind.sentence(self.told)

    @property
    def title(self) -> str:
        """How letters call what it is about."""
        return self.kind.title(self.told) or self.kind.label()
