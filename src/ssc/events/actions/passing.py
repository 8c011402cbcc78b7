"""What time does to an event."""

from sqlalchemy import delete, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import Answer, Event, SensitiveAnswer
from ssc.events.rules import SENSITIVE_KEPT


async def forget_confidences(session: Session) -> None:
    """A week after an event nobody needs to know who ate what."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - SENSITIVE_KEPT)
    of_those = select(Answer.id).where(Answer.event_id.in_(over))
    await session.execute(delete(SensitiveAnswer).where(SensitiveAnswer.answer_id.in_(of_those)))
