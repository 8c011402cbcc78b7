"""Titled conversations of chapters and topic groups, each followed or muted by itself."""
