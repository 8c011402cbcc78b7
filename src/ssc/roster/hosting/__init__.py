"""Inviting hosts: by staff, for an organisation or an exchange; secretaries by the host herself."""
