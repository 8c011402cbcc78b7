"""Named selects of the directory, viewer first."""
