"""Named selects over threads and messages, the viewer first."""
