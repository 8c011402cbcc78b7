"""Bringing in a missing mate: a link to pass on by any messenger, that opens one record's claim."""
