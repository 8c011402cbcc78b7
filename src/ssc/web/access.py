"""An answered request: its line in the log, and its count."""

import time

from ssc.core import logs
from ssc.web import metrics


def note(method: str, route: str, status: int, began: float) -> None:
    """`route`: the pattern, not the path: paths of mailed links carry secrets. `began`: by `time.perf_counter`."""
    seconds = time.perf_counter() - began
    metrics.count(method, route, status, seconds)
    logs.access.write(method, route, status, round(seconds * 1000, 1))
