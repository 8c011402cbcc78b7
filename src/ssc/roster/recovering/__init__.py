"""Recovering: who lost the roster's address is vouched for by people who know her; known addresses may object."""
