"""A synthetic club to try everything on: people, organisations and exchanges that nobody ever was in."""
