"""Chapters: the club in one country, its coordinators and their terms, and what one leaves to the next."""
