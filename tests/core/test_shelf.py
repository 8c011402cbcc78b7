"""What is kept for every visitor is forgotten by every process with the change, and nothing stale is kept."""

import asyncio

import psycopg
import pytest

from ssc.core import shelf as shelves
from ssc.core.engines import libpq_url
from ssc.core.process import Process
from ssc.core.shelf import Shelf

KEY = ("/news", b"", "en")
OTHER = ("/", b"", "en")


async def _hearing(running: Process) -> Shelf:
    await running.shelf.heard()
    return running.shelf


def _put(shelf: Shelf, key: tuple[str, bytes, str] = KEY, topics: str = "news", edition: int | None = -1) -> None:
    shelf.put(key, shelf.edition() if edition == -1 else edition, topics, "/news", [], b"page")


async def _until_gone(shelf: Shelf, key: tuple[str, bytes, str]) -> None:
    async with asyncio.timeout(60):
        while True:
            if shelf.find(key) is None:
                return
            await asyncio.sleep(0.005)


async def test_a_committed_change_is_forgotten_before_its_answer_and_by_the_other_process_soon(
    running: Process,
) -> None:
    here, there = await _hearing(running), Shelf(running.database.url)
    try:
        await there.heard()
        for shelf in (here, there):
            _put(shelf)
            _put(shelf, OTHER, "stories figures")
        async with running.database.transaction() as session:
            await shelves.forget(session, "news", "magazine")
        assert here.find(KEY) is None
        await _until_gone(there, KEY)
        assert [s.find(OTHER) is not None for s in (here, there)] == [True, True]
    finally:
        await there.close()


async def test_a_change_that_was_rolled_back_leaves_all_on_the_shelf(running: Process) -> None:
    shelf = await _hearing(running)
    _put(shelf)
    _put(shelf, OTHER, "stories")
    with pytest.raises(ZeroDivisionError):
        async with running.database.transaction() as session:
            await shelves.forget(session, "news")
            raise ZeroDivisionError
    async with running.database.transaction() as session:
        await shelves.forget(session, "stories")
    assert (shelf.find(KEY) is not None, shelf.find(OTHER)) == (True, None)


async def test_what_was_made_while_something_changed_is_served_but_not_kept(running: Process) -> None:
    shelf = await _hearing(running)
    before = shelf.edition()
    async with running.database.transaction() as session:
        await shelves.forget(session, "news")
    _put(shelf, edition=before)
    assert shelf.find(KEY) is None
    _put(shelf)
    assert shelf.find(KEY) is not None


async def test_nothing_is_kept_while_changes_are_not_heard(running: Process) -> None:
    shelf = await _hearing(running)
    _put(shelf)
    assert shelf.find(KEY) is not None
    with psycopg.connect(libpq_url(running.database.url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN ssc_shelf%'"
        )
    await _until_gone(shelf, KEY)
    assert shelf.edition() is None
    _put(shelf, edition=None)
    assert shelf.find(KEY) is None
    await shelf.heard()
    _put(shelf)
    assert shelf.find(KEY) is not None
