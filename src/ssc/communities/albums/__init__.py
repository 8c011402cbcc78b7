"""Albums: a cohort's photos, for its own people alone; whoever is in one takes it down."""
