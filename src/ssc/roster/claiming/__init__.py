"""Claiming: a person of the roster takes her record, agrees to the wordings, and is shown around."""
