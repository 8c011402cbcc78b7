"""The verbs: each change of a message or a thread under its row's lock, with its consequences in order."""

from ssc.messaging.actions.messages import (
    bury,
    delete_message,
    edit_message,
    pin,
    react,
    take_back_reaction,
    unpin,
)
from ssc.messaging.actions.reading import read_up_to

__all__ = [
    "bury",
    "delete_message",
    "edit_message",
    "pin",
    "react",
    "read_up_to",
    "take_back_reaction",
    "unpin",
]
