"""The Sakura Science Club: the alumni network of the Sakura Science Program."""
