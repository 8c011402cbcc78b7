"""What an address of ours names: an id, or nothing."""

from uuid import UUID

from ssc.core import errors, ids


def identity(text: str) -> UUID:
    """404 for what is no id: it names nothing that anybody might have."""
    found = ids.parse(text)
    if found is None:
        raise errors.not_found()
    return found
