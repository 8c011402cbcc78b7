"""Threads and what is written in them, stored exactly and delivered live."""
