"""The command line `ssc`: everything that operators do, each with one clear line when it cannot be done."""

import gc

gc.disable()  # what is put together here stays: to look for garbage in it took a fifth of every start (measured)

from ssc.cli.main import main  # noqa: E402  # with its garbage collector off

gc.freeze()
gc.enable()

__all__ = ["main"]
