"""`ssc worker`: runs what waits, beside or without a serving process, and ends when it is told."""

import time
from pathlib import Path

import pytest

from tests import forked
from tests.cli import commands
from tests.cli.conftest import Ssc

ROSTER = (
    "name,email,country,programme,exchange_code,exchange_title,fiscal_year,host\n"
    "Somchai Jaidee,somchai@example.org,TH,ssp-a,SSP-1,Rice,2019,Chiba University\n"
)


@pytest.mark.parametrize("sig", [15, 2])
def test_a_worker_sends_the_letter_that_waits_and_ends(sig: int, ssc: Ssc, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert ssc("import-roster", "roster.csv").exit_code == 0
    assert ssc("invite", "somchai@example.org").exit_code == 0
    settings = {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "data"), "SSC_ENV": "test"}
    worker = forked.start("worker", environment=commands.environment(**settings), folder=tmp_path)
    try:
        deadline = time.monotonic() + 60
        while not (letters := list((tmp_path / "data" / "mail").glob("*.eml"))) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(letters) == 1
        assert b"somchai@example.org" in letters[0].read_bytes()
        worker.send_signal(sig)
        assert worker.wait(commands.SECONDS) == 0
    finally:
        if worker.poll() is None:
            worker.kill()
            worker.wait()
