"""Keeping what communities own in step with who belongs to them."""

from collections.abc import Iterable
from uuid import UUID

from ssc.communities.queries.rooms import Room, out_of_step, subject_of
from ssc.core.db import Session
from ssc.messaging.actions.owned import Beginning, begin_many, keep_in_step, open_owned

KIND = "cohort"


async def keep_cohorts(session: Session, exchange_ids: Iterable[UUID] | None = None, *, quiet: bool = False) -> None:
    """In the threads of these exchanges (None: of all) is from now on who took part and has an account.

    Call it at the end of whatever changes either. Minors and supervisors belong in like everybody; a recovered
    account comes in when nobody can object to it any more. `quiet`: no line says who came.
    """
    await session.flush()
    rooms = await out_of_step(session, None if exchange_ids is None else list(exchange_ids))
    if quiet:
        new = [room for room in rooms if room.thread_id is None]
        await begin_many(session, [Beginning(KIND, subject_of(r.exchange_id), r.title, r.member_ids) for r in new])
        rooms = [room for room in rooms if room.thread_id is not None]
    for room in rooms:
        await _keep(session, room, quiet)


async def _keep(session: Session, room: Room, quiet: bool) -> None:
    thread_id = await open_owned(session, KIND, subject_of(room.exchange_id), room.title)
    await keep_in_step(session, thread_id, room.member_ids, quiet=quiet)
