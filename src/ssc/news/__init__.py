"""News: what the club has to say to everybody, written by editors, in any language."""
