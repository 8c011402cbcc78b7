"""Knows how an embedded server that cannot be had is told to whoever asked for it."""


class EmbeddedError(Exception):
    """The embedded server cannot be had; the message says why and what to do."""
