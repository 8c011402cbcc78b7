"""Sending: one writer for each process stores whatever waits in one transaction."""

from ssc.messaging.writing.batch import Outcome
from ssc.messaging.writing.sending import Sending, Stored
from ssc.messaging.writing.writer import Writer, as_stored

__all__ = ["Outcome", "Sending", "Stored", "Writer", "as_stored"]
