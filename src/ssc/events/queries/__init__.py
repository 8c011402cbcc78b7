"""Named selects over events, viewer first."""
