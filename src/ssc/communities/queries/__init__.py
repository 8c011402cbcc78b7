"""Named selects of exchanges, cohorts and organisations, viewer first."""
