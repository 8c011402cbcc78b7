"""Notifications: who is told what, and how: in the app, by mail, in a digest; nobody against her wish."""
