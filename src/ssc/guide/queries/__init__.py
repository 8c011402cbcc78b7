"""Named selects of the guide: its pages as they hold, and who worked with whom."""
