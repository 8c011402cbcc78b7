"""What is done in the directory: profiles, photos, blocks, and the rows that searches read."""

from ssc.directory.actions.blocks import block, unblock
from ssc.directory.actions.photos import blob_of, change_photo, remove_photo
from ssc.directory.actions.profile import change_preferences, change_profile, empty_profile
from ssc.directory.actions.refresh import fold_tally, refresh, refresh_all

__all__ = [
    "blob_of",
    "block",
    "change_photo",
    "change_preferences",
    "change_profile",
    "empty_profile",
    "fold_tally",
    "refresh",
    "refresh_all",
    "remove_photo",
    "unblock",
]
