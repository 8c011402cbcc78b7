"""Search: one box over everything public, and for members over people and what is theirs too."""
