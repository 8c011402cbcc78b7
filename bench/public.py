"""Page rates of the public face (home, an item of news, the list of stories, the finder), and of their 304s.

Each next to a bare FastAPI + Jinja page of the same size, and to a bare 304, in the same run. The finder is asked the
same question again and again, which is kept, and then ever another one, which is computed.
"""

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from bench import load
from bench.pages import ROOT, asked, free_port, serving

ENGLISH = {"Accept-Language": "en"}
QUESTION = "/programmes/finder?country=KE&status=undergraduate&age={age}&field=Energy&been_to_japan=false"


def measure(members: int, seconds: float) -> None:
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
            for name, path in _pages(port).items():
                _compare(port, name, path, seconds)
            _computed(port, seconds)


def _pages(port: int) -> dict[str, str]:
    listed = httpx.get(f"http://localhost:{port}/news", headers=ENGLISH).text
    items = re.findall(r'href="(/news/(?!new\b|feed)[a-z0-9-]+)"', listed)
    return {
        "home": "/",
        "an item of news": items[0] if items else "/news",
        "stories": "/stories",
        "finder": QUESTION.format(age=21),
    }


def _compare(port: int, name: str, path: str, seconds: float) -> None:
    answer = httpx.get(f"http://localhost:{port}{path}", headers=ENGLISH)
    ours = asked(port, path, ENGLISH, seconds)
    bare, bare_known = _bare(len(answer.content), seconds)
    known = asked(port, path, {**ENGLISH, "If-None-Match": answer.headers["etag"]}, seconds)
    print(f"{name:18} {len(answer.content):6} bytes\n   ours {ours}\n   bare {bare}")
    print(f"   ratio {ours.rate / bare.rate:.2f}")
    print(f"   304  {known}\n   bare {bare_known}\n   ratio {known.rate / bare_known.rate:.2f}", flush=True)


def _computed(port: int, seconds: float) -> None:
    """Ever another field, so that no answer is kept."""
    numbers = itertools.count()
    host = f"localhost:{port}"
    requests = [load.request(f"{QUESTION.format(age=21)}&x={next(numbers)}", host, ENGLISH) for _ in range(5000)]
    size = len(httpx.get(f"http://localhost:{port}{QUESTION.format(age=21)}", headers=ENGLISH).content)
    ours = load.run(port, requests, seconds=seconds)
    bare, _known = _bare(size, seconds)
    print(f"finder, computed   {size:6} bytes\n   ours {ours}\n   bare {bare}\n   ratio {ours.rate / bare.rate:.2f}")


def _bare(size: int, seconds: float) -> tuple[load.Outcome, load.Outcome]:
    """A page of this size, and that it is known."""
    port = free_port()
    with serving([sys.executable, "-m", "bench.bare", str(port), str(size)], port, {}):
        return asked(port, "/", {}, seconds), asked(port, "/known", {"If-None-Match": '"bare"'}, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=5)
    chosen = parser.parse_args()
    measure(chosen.members, chosen.seconds)
