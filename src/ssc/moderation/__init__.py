"""Moderation: what members report, what moderators decide, whom it concerns and how she appeals."""
