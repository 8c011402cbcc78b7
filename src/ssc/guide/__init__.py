"""The guide: which programme is for whom, how one takes part, what came of it; for everybody, signed in or not."""
