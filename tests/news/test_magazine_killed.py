"""Case 24 as it happens: a real process is killed in the midst of the magazine, and another brings it to its end."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import httpx
from sqlalchemy import text

from ssc.core import clock, mail
from ssc.core.mail.delivery import CONNECTIONS
from ssc.core.process import Process
from tests import forked
from tests.cast import Cast
from tests.cli import commands
from tests.core.live.hearing import until
from tests.core.mail.conftest import by
from tests.core.mail.smtp import RealServer, real_server
from tests.forked import Forked

READERS = 40
ISSUE = {
    "editions": [
        {"lang": "en", "subject": "Autumn letter", "body": "Dear alumni,"},
        {"lang": "ja", "subject": "秋の便り", "body": "みなさまへ"},
    ],
}


@asynccontextmanager
async def working(process: Process, *command: str) -> AsyncIterator[Forked]:
    settings = process.settings
    assert settings.database_url and settings.mail_url and settings.secret_key
    environment = commands.environment(
        SSC_ENV="test",
        SSC_DATA_DIR=str(settings.data_dir),
        SSC_DATABASE_URL=settings.database_url.get_secret_value(),
        SSC_MAIL_URL=settings.mail_url.get_secret_value(),
        SSC_SECRET_KEY=settings.secret_key.get_secret_value(),
    )
    started = await asyncio.to_thread(
        partial(forked.start, *command, environment=environment, folder=settings.data_dir)
    )
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        await asyncio.to_thread(started.wait)


async def time_passes(process: Process) -> None:
    """Twenty seconds in which the dead worker gave no sign."""
    async with process.database.transaction() as session:
        await session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"))


def copies(server: RealServer) -> Counter[str]:
    return Counter(str(written["To"]) for _recipients, written in server.received)


async def test_a_process_killed_in_the_midst_of_the_magazine_gives_nobody_a_second(
    cast: Cast, running: Process
) -> None:
    """What the server had whole in the moment of the kill is named in the report, and not sent again by itself."""
    running.settings.data_dir.mkdir(parents=True, exist_ok=True)
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    for number in range(READERS - 1):
        await cast.member(f"Reader {number}", language="ja" if number % 2 else "en")
    async with real_server() as server:
        server.takes, server.to_hold = 15, CONNECTIONS
        process = by(running, f"smtp://127.0.0.1:{server.port}")
        address = await sent(editor)
        async with working(process, "serve", "--port", str(commands.free_port())) as first:
            await asyncio.wait([asyncio.ensure_future(server.holding.wait())], timeout=commands.SECONDS)
            assert server.holding.is_set()
            os.kill(first.pid, signal.SIGKILL)
            await asyncio.to_thread(first.wait)
        server.release.set()
        await time_passes(process)
        async with working(process, "worker"):
            await until(lambda: asyncio.sleep(0, len(server.received) >= READERS))
            await until(lambda: is_written(process))
        assert (len(server.received), set(copies(server).values())) == (READERS, {1})
        with clock.shifted(timedelta(minutes=5)):
            await mail.deliver(process)
        assert len(server.received) == READERS
        report = (await editor.get(address)).json()["report"]
        assert (report["sent"], report["unsure"], report["waiting"]) == (READERS - CONNECTIONS, CONNECTIONS, 0)
        await send_again(cast, process)
        report = (await editor.get(address)).json()["report"]
        assert (report["sent"], report["unsure"]) == (READERS - CONNECTIONS + 1, CONNECTIONS - 1)
        names = Counter(str(written["Message-ID"]) for _recipients, written in server.received)
        assert sorted(names.values())[-2:] == [1, 2]


async def send_again(cast: Cast, process: Process) -> None:
    """The secretariat does it by hand, for one; under the same Message-ID, of which a mailbox keeps one."""
    staff = await cast.browser(await cast.staff())
    unsure = (await staff.get("/api/v1/mail-log", params={"state": "trouble"})).json()["items"]
    assert {one["state"] for one in unsure} == {"unsure"}
    assert (await staff.post(f"/api/v1/mail-log/{unsure[0]['id']}/resend")).status_code == 200
    await mail.deliver(process)


async def sent(editor: httpx.AsyncClient) -> str:
    made = (await editor.post("/api/v1/newsletters", json=ISSUE)).json()
    address = f"/api/v1/newsletters/{made['id']}"
    assert (await editor.post(f"{address}/send", json={})).status_code == 200
    return address


async def is_written(process: Process) -> bool:
    """That all but those of the moment are noted as sent."""
    async with process.database.transaction() as session:
        open_ = await session.scalar(text("SELECT count(*) FROM outgoing_letter WHERE state IN ('queued', 'claimed')"))
        handing = await session.scalar(text("SELECT count(*) FROM outgoing_letter WHERE state = 'handing'"))
    return (open_, handing) == (0, CONNECTIONS)
