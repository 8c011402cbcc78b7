"""Measurements; never timed tests. `bench/README.md` says how to run each."""
