"""Inviting: letters that ask the people of the roster to claim their place, in waves that bounces stop."""
