"""Named selects over stories, viewer first."""
