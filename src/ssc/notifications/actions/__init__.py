"""The verbs of notifications: `from ssc.notifications import actions as notifications`, then `notifications.tell`."""

from ssc.notifications.actions.digesting import due_after, write_next_digest
from ssc.notifications.actions.inbound import record_reported, take_mail
from ssc.notifications.actions.mailing import put_off_next, write_next
from ssc.notifications.actions.many import call_back, heed_choices, mail_many, try_mailing
from ssc.notifications.actions.pushing import (
    mail_instead,
    push_next,
    remove_device,
    ring,
    subscribe,
    try_out,
    unsubscribe,
)
from ssc.notifications.actions.reading import forget, read_up_to, seen
from ssc.notifications.actions.stopping import allow_mail, press, stop_mail
from ssc.notifications.actions.telling import Telling, mailed_already, silence, tell, tell_each, withdraw

__all__ = [
    "Telling",
    "allow_mail",
    "call_back",
    "due_after",
    "forget",
    "heed_choices",
    "mail_instead",
    "mail_many",
    "mailed_already",
    "press",
    "push_next",
    "put_off_next",
    "read_up_to",
    "record_reported",
    "remove_device",
    "ring",
    "seen",
    "silence",
    "stop_mail",
    "subscribe",
    "take_mail",
    "tell",
    "tell_each",
    "try_mailing",
    "try_out",
    "unsubscribe",
    "withdraw",
    "write_next",
    "write_next_digest",
]
