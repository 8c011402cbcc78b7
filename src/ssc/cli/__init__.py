"""The command line `ssc`: everything that operators do, each with one clear line when it cannot be done."""

from ssc.cli.main import main

__all__ = ["main"]
