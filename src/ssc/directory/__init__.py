"""The directory: profiles, photos, what may be searched and counted, blocks."""
