"""Requesting: people who are not on the roster ask to be verified, and staff decide."""
