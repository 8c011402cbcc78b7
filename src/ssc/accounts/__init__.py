"""Accounts: credentials, sessions, devices, tokens; and the loaders that say who is asking."""
