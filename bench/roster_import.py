"""Rows a second and memory of `ssc import-roster`: first import, the same file again, and a rehearsal.

The roster is the demo's synthetic club written as a CSV; the server is the embedded one, in a folder of its own.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ssc.demo import generate

COLUMNS = (
    "name name_native email email_2 country birth_date programme exchange_code exchange_title fiscal_year host "
    "sending role starts_on ends_on field do_not_contact mail_opt_out deceased"
).split()
SSC = str(Path(sys.executable).with_name("ssc"))


@dataclass(frozen=True)
class Run:
    """One command: how long it took, and the most memory that it (and the database's writer) held, in MB."""

    seconds: float
    command_mb: float
    said: str


def write_roster(path: Path, rows: int) -> int:
    """A roster of about that many rows; how many it has."""
    club = generate.club(rows, 1, date(2026, 4, 1))
    organisations = {o.number: o.name for o in club.organisations}
    people = {p.number: p for p in club.people}
    written = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for exchange in club.exchanges:
            for part in exchange.participations:
                who = people[part.person]
                flags = ["yes" if flag else "" for flag in (who.do_not_contact, who.mail_opt_out, who.deceased)]
                person = (who.name, who.name_native, who.email, who.email_2, who.country, who.birth_date or "")
                about = (exchange.programme, exchange.code, exchange.title, exchange.fiscal_year)
                where = (organisations[exchange.host], organisations[part.sending], part.role)
                when = (exchange.starts_on, exchange.ends_on, "".join(exchange.fields[:1]))
                table.writerow((*person, *about, *where, *when, *flags))
                written += 1
    return written


def timed(arguments: list[str], environment: dict[str, str]) -> Run:
    """Runs a command and watches its resident memory from outside."""
    began = time.perf_counter()
    command = subprocess.Popen(
        arguments, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    most = [0.0]
    watching = threading.Thread(target=_watch, args=(command, most), daemon=True)
    watching.start()
    said, _nothing = command.communicate()
    if command.returncode:
        raise SystemExit(said)
    return Run(time.perf_counter() - began, most[0], said.strip().splitlines()[-1])


def _watch(command: "subprocess.Popen[str]", most: list[float]) -> None:
    while command.poll() is None:
        try:
            status = Path(f"/proc/{command.pid}/status").read_text()
        except OSError:
            return
        peak = [line for line in status.splitlines() if line.startswith("VmHWM")]
        if peak:
            most[0] = int(peak[0].split()[1]) / 1024
        time.sleep(0.05)


def measure(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        roster = Path(folder) / "roster.csv"
        written = write_roster(roster, rows)
        environment = {"SSC_DATA_DIR": f"{folder}/data"}
        subprocess.run([SSC, "migrate"], env=os.environ | environment, check=True, capture_output=True)
        print(f"{written} rows, {roster.stat().st_size / 1e6:.1f} MB")
        for name, options in (("rehearsal", ["--dry-run"]), ("first import", []), ("the same again", [])):
            run = timed([SSC, "import-roster", *options, str(roster)], environment)
            rate = written / run.seconds
            print(
                f"  {name:15} {run.seconds:6.1f} s  {rate:7.0f} rows/s  {run.command_mb:5.0f} MB   {run.said}",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="*", default=[43_000])
    for count in parser.parse_args().rows:
        measure(count)
