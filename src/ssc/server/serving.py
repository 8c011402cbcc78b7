"""What `ssc serve` runs: uvicorn with our bounds, in one process or several, until it is told to stop."""

import errno
import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import FastAPI
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from ssc.app import create_app
from ssc.core import logs
from ssc.core.config import Settings
from ssc.server.protocol import BoundedProtocol
from ssc.server.push import PushProtocol

log = logging.getLogger("ssc.server")

STOP_SECONDS = 10
WORKER_SECONDS = 60  # a worker that still imports is silent: five seconds would kill it again and again
FRAME_LIMIT = 64 << 10
_PORT_PATIENCE_S = 5


class PortTaken(Exception):
    """Somebody else listens there."""


def bound(host: str, port: int) -> socket.socket:
    """A listening place, before anything else is begun. Waits a little for the workers of a killed parent."""
    deadline = time.monotonic() + _PORT_PATIENCE_S
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
            made.listen(2048)  # at once: two that only bind would both get the port
            made.set_inheritable(True)
            return made
        except OSError as refused:
            made.close()
            if refused.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise PortTaken(_sentence(host, port, refused)) from refused
            time.sleep(0.1)


def _sentence(host: str, port: int, refused: OSError) -> str:
    if refused.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use. Choose another with --port or SSC_PORT."
    return f"{host}:{port} cannot be listened on: {refused.strerror}."


def serve(settings: Settings, listening: socket.socket, workers: int, on_ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT; returns when everything has ended well. `on_ready`: it answers now."""
    config = Config(
        partial(application, settings),
        factory=True,
        workers=workers,
        http=BoundedProtocol,
        ws=PushProtocol,
        ws_max_size=FRAME_LIMIT,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=WORKER_SECONDS,
    )
    if workers == 1:
        Announced(config, on_ready).run([listening])
        return
    on_ready()
    Multiprocess(config, [listening]).run()


def application(settings: Settings) -> FastAPI:
    """The application as each serving process has it, with a worker for jobs inside."""
    logs.set_up(settings.log_level)
    _end_with_parent()
    made = create_app(settings, with_worker=True)
    _settle()
    return made


def _settle() -> None:
    """What stands for good is no garbage: looking through it over and over made one answer in fifty wait (measured)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class Announced(Server):
    """A server that says when it has begun, and that leaves the end of the process to its caller."""

    def __init__(self, config: Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # raised again it would kill us before the database is stopped


def _end_with_parent() -> None:
    """A worker whose parent was killed must not keep the port."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent").start()
