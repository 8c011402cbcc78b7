"""The verbs of notifications: `from ssc.notifications import actions as notifications`, then `notifications.tell`."""

from ssc.notifications.actions.reading import read_up_to, seen
from ssc.notifications.actions.stopping import allow_mail
from ssc.notifications.actions.telling import silence, tell, withdraw

__all__ = ["allow_mail", "read_up_to", "seen", "silence", "tell", "withdraw"]
