"""Progress of long work: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_LINES_EVERY_S = 5.0

Progress = Callable[[int, int], None]


@contextmanager
def shown(label: str) -> Iterator[Progress]:
    """Yields what the work calls with how much is done, and of how much."""
    if sys.stderr.isatty():
        with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

            def move(done: int, total: int) -> None:
                bar.length = max(total, 1)
                bar.update(done - bar.pos)

            yield move
        return
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last >= _LINES_EVERY_S:
            last = time.monotonic()
            click.echo(f"{label}: {done} of {total}", err=True)

    yield tell
