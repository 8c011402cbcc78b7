"""Logs: one JSON object a line, with the request's id, and without secrets or addresses."""

import json
import logging
import re
import sys
import time
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TextIO

request_id: ContextVar[str] = ContextVar("request_id", default="")

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "color_message",
    "taskName",
}
_NAMED = r"(?i)((?:token|password|secret)\\?[\"']?\s*[=:/]\s*"
_HIDDEN = (
    # From the beginning of a run only: a line with a long one took a minute.
    (re.compile(r"(?<![^\s@<>\"'(),:;=])[^\s@<>\"'(),:;=]++@[^\s@<>\"'(),:;=]+\.[^\s@<>\"'(),:;=]+"), "[address]"),
    (re.compile(_NAMED + r"\\?[\"'])[^\"'\\]+"), r"\1[secret]"),
    (re.compile(_NAMED + r")[^\s&;,\"'\\]+"), r"\1[secret]"),
    (re.compile(r"(?i)(bearer\s+|ssc_session=)[^\s&;,\"'\\]+"), r"\1[secret]"),
    (re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"), "[secret]"),
    (re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+@"), "[secret]@"),
)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON: a forged line break stays inside its string."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            entry["request"] = request
        entry |= {k: v for k, v in record.__dict__.items() if k not in _STANDARD}
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return without_secrets(_ENCODER.encode(entry))


@lru_cache(maxsize=2)
def _second(since_1970: int) -> str:
    return datetime.fromtimestamp(since_1970, UTC).strftime("%Y-%m-%dT%H:%M:%S")


_quoted = lru_cache(maxsize=1000)(_ENCODER.encode)


class AccessLog:
    """Lines about answered requests, in the form of all others, but past `logging`.

    A record costs as much as a kept page (measured). They hold only what is ours: no path, no query, no secrets.
    """

    stream: TextIO | None = None

    def write(self, method: str, route: str, status: int, ms: float) -> None:
        if self.stream is None:
            return
        now = time.time()
        line = (
            f'{{"at": "{_second(int(now))}.{int(now * 1000) % 1000:03}+00:00", "level": "info", '
            f'"logger": "ssc.access", "message": "request", "request": "{request_id.get()}", '
            f'"method": {_quoted(method)}, "route": {_quoted(route)}, "status": {status}, "ms": {ms}}}\n'
        )
        # A full disk, or a reader of the log that has gone, fails no request.
        with suppress(OSError, ValueError):
            self.stream.write(line)


access = AccessLog()


def without_secrets(text: str) -> str:
    """`text` with mail addresses, tokens and passwords blotted out."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def set_up(level: str) -> None:
    """Sends everything that is logged in this process to stderr as JSON lines."""
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    access.stream = sys.stderr if logging.getLogger().isEnabledFor(logging.INFO) else None
    for noisy in ("httpx", "httpcore", "procrastinate", "asyncio", "ssc.sockets"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
