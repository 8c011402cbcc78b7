"""Rates of home, directory, profile, events and an event next to a bare FastAPI + Jinja page of the same size."""

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bench import load
from ssc.core import embedded
from ssc.core.engines import libpq_url

ROOT = Path(__file__).resolve().parent.parent
EVENT = "/events/alumni-afternoon-in-bangkok"
SIGN_IN = {"email": "member1@demo.example", "password": "sakura-demo-2026"}


def asked(port: int, path: str, headers: dict[str, str], seconds: float) -> load.Outcome:
    """By `wrk` where it is: a load in Python costs ten times as much, and would be what is measured."""
    host = f"localhost:{port}"
    if shutil.which("wrk") is None:
        return load.run(port, [load.request(path, host, headers)], seconds=seconds)
    return load.by_wrk(port, path, {"Host": host, **headers}, seconds)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(command: list[str], port: int, environment: dict[str, str], seconds: float = 240) -> Iterator[None]:
    """Runs a server on the first processor while the block runs; the load has the second to itself."""
    pinned = ["taskset", "-c", "0", *command]
    server = subprocess.Popen(pinned, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait(port, seconds)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{port}/", timeout=2)
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


def _bare(size: int, seconds: float, *database: str) -> load.Outcome:
    port = free_port()
    with serving([sys.executable, "-m", "bench.bare", str(port), str(size), *database], port, {}):
        return asked(port, "/", {}, seconds)


def _club(port: int) -> tuple[dict[str, str], str]:
    """A signed-in member's headers, and the address of somebody's profile."""
    with httpx.Client(base_url=f"http://localhost:{port}") as browser:
        browser.post("/api/v1/session", json=SIGN_IN).raise_for_status()
        found = browser.get("/members").text
        cookie = "; ".join(f"{c.name}={c.value}" for c in browser.cookies.jar)
    others = [path for path in re.findall(r'href="(/members/[a-z0-9-]+)"', found) if path != "/members/member1"]
    return {"Cookie": cookie, "Accept-Language": "en"}, others[0]


def measure(members: int, seconds: float, only: str) -> None:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "SSC_DATA_DIR": folder,
            "SSC_PORT": str(port),
            "SSC_BASE_URL": f"http://localhost:{port}",
            "SSC_LIMITS": "off",
            "SSC_LOG_LEVEL": "info",
        }
        ssc = str(Path(sys.executable).with_name("ssc"))
        subprocess.run([ssc, "demo", "--members", str(members)], cwd=ROOT, env=os.environ | environment, check=True)
        with serving([ssc, "serve", "--port", str(port)], port, environment):
            _report(port, seconds, _address(Path(folder)), only)


def _address(folder: Path) -> str:
    """How the embedded server that runs for this folder is reached."""
    with embedded.running(folder) as url:
        return libpq_url(url)


def _report(port: int, seconds: float, database: str, only: str) -> None:
    mine, profile = _club(port)
    pages = {
        "home, visitor (kept)": ("/", {"Accept-Language": "en"}),
        "home, member": ("/", mine),
        "directory, member": ("/members", mine),
        "profile, member": (profile, mine),
        "events, visitor (kept)": ("/events", {"Accept-Language": "en"}),
        "events, member": ("/events", mine),
        "event, visitor (kept)": (EVENT, {"Accept-Language": "en"}),
        "event, member": (EVENT, mine),
    }
    for name, (path, headers) in pages.items():
        if not name.startswith(only):
            continue
        size = len(httpx.get(f"http://localhost:{port}{path}", headers=headers).content)
        ours = asked(port, path, headers, seconds)
        bare = _bare(size, seconds)
        print(
            f"{name:24} {size:6} bytes\n   ours {ours}\n   bare {bare}\n   ratio {ours.rate / bare.rate:.2f}",
            flush=True,
        )
        if headers is mine:
            asking = _bare(size, seconds, database)
            print(f"   bare with one statement {asking}\n   ratio {ours.rate / asking.rate:.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", default="", help="Pages whose name begins so.")
    chosen = parser.parse_args()
    measure(chosen.members, chosen.seconds, chosen.only)
