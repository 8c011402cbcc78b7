"""Tables of events: the event itself, who organises it, who answered."""

from ssc.events.models.answers import Answer, Move, SensitiveAnswer
from ssc.events.models.event import Event, Organiser

__all__ = ["Answer", "Event", "Move", "Organiser", "SensitiveAnswer"]
