"""Serving: sockets, protocol bounds, worker processes, and the Valkey they share on one machine."""
