"""What becomes of events by itself: offers that run out, threads that follow, confidences that are forgotten."""

from uuid import UUID

from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.events.actions import moving, passing, rooms, telling, tickets
from ssc.events.models import Event
from ssc.events.queries import events, places
from ssc.writing import actions as texts

book = Book()


@book.job("events.expire_offers")
async def expire_offers(process: Process, event: str) -> None:
    async with process.database.transaction() as session:
        await moving.expire(session, await places.lock(session, UUID(event)))


@book.job("events.keep_thread")
async def keep_thread(process: Process, event: str) -> None:
    """What follows the coming and going of many, once for all of them: the thread, then tickets by mail."""
    async with process.database.transaction() as session:
        # Who saw this job wait, and asked for none, has committed by then.
        await session.get(Event, UUID(event), with_for_update=True)
    async with process.database.transaction() as session:
        await rooms.keep(session, UUID(event))
    async with process.database.transaction() as session:
        found = await session.get(Event, UUID(event))
        if found is not None:
            await tickets.send(session, found)


@book.every("1 * * * *", "events.keep_in_office")
async def keep_in_office(process: Process) -> None:
    """Also after midnight in Japan, when terms of office end."""
    async with process.database.transaction() as session:
        left = await events.left_by_office(session)
    for event in left:
        async with process.database.transaction() as session:
            await rooms.keep_in_office(session, event)


@book.job("events.invite")
async def invite(process: Process, round: str) -> None:
    async with process.database.transaction() as session:
        await telling.deliver(session, UUID(round))


@book.every("*/10 * * * *", "events.remind")
async def remind(process: Process) -> None:
    async with process.database.transaction() as session:
        await passing.remind(session)


@book.every("41 3 * * *", "events.sweep_photos")
async def sweep_photos(process: Process) -> None:
    """What somebody in it took down a month ago is deleted with its files."""
    async with process.database.transaction() as session:
        await texts.sweep_pictures(session, process.blobs)


@book.every("23 * * * *", "events.forget_confidences")
async def forget(process: Process) -> None:
    async with process.database.transaction() as session:
        await passing.forget_confidences(session)
