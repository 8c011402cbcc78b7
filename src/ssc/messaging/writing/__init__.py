"""Sending: one writer for each process stores whatever waits in one transaction."""

from ssc.messaging.writing.sending import Sending, Stored
from ssc.messaging.writing.writer import Writer

__all__ = ["Sending", "Stored", "Writer"]
