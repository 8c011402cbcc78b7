"""What is done in the directory: profiles, photos, blocks, and the rows that searches read."""

from ssc.directory.actions.refresh import fold_tally, refresh, refresh_all

__all__ = ["fold_tally", "refresh", "refresh_all"]
