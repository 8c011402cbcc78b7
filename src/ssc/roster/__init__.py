"""How people join: the roster, invitations, claims, requests, recovery."""
