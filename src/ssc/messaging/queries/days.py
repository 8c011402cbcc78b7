"""Where a day begins in a thread."""

from datetime import datetime

from sqlalchemy import select

from ssc.core.db import Session
from ssc.messaging.models import Message
from ssc.messaging.queries.places import Place
from ssc.messaging.rules import reads_above


async def seq_at(session: Session, place: Place, instant: datetime) -> int:
    """The first message that the reader may read from this instant on; the last one where all are earlier.

    Numbers have no hole and ascend with time, so that halving finds it: twenty looks in a million messages.
    """
    low, high = (reads_above(place) or 0) + 1, place.last_seq
    while low < high:
        middle = (low + high) // 2
        written = await session.scalar(
            select(Message.created_at).where(Message.thread_id == place.id, Message.seq == middle)
        )
        if written is None or written < instant:
            low = middle + 1
        else:
            high = middle
    return max(low, 1)
