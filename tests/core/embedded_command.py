"""A command of the club as a process of its own: it enters a data folder, says what it found, and stays.

Run as a program, it is the command; imported, it starts and ends such programs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from ssc.core import embedded

VISIT = """
    SELECT pg_advisory_lock(1);
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE TABLE IF NOT EXISTS visit (number int PRIMARY KEY);
    INSERT INTO visit SELECT count(*) + 1 FROM visit;
"""
SEEN = "SELECT count(*), pg_postmaster_start_time()::text, show_trgm('田'), current_user FROM visit"


def visit(url: str) -> dict[str, Any]:
    """Leaves a row in the club's database, and tells how many there are and by which start of the server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(VISIT)
        row = connection.execute(SEEN).fetchone()
    assert row is not None
    return {"url": url, "visits": row[0], "started": row[1], "trigrams": row[2], "role": row[3]}


class Command:
    """The program below, running on a data folder, perhaps as another user."""

    def __init__(
        self,
        data: Path,
        *,
        user: int | None = None,
        program: Sequence[str] = (sys.executable, __file__),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        identity: dict[str, Any] = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        self.process = subprocess.Popen(
            [*program, data],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **identity,
        )

    def says(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said, self.refused()
        heard: dict[str, Any] = json.loads(said)
        return heard

    def refused(self) -> str:
        """The last line of what a command that could not enter complains of."""
        complaint: bytes = self.process.communicate(timeout=60)[1]
        return complaint.decode().strip().splitlines()[-1]

    def leaves(self) -> None:
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


if __name__ == "__main__":
    with embedded.running(Path(sys.argv[1]), fsync=False) as address:
        print(json.dumps(visit(address)), flush=True)
        sys.stdin.read()
