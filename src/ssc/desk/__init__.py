"""Desk: where staff begin; it reads what waits for them in every package below."""
