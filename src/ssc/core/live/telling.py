"""What a transaction has to tell: it goes out once all is durable, in the order told, and never if it is not."""

import logging
from uuid import UUID

from ssc.core.db import Session
from ssc.core.live.hub import Live
from ssc.core.live.news import Act, News, Publication

log = logging.getLogger("ssc.live")


def publish(session: Session, *publications: Publication) -> None:
    """To all who follow their channels. Failing to publish never fails the request."""
    _tell(session, *publications)


def revoke(session: Session, member_id: UUID, key_id: UUID | None = None) -> None:
    """The sockets of this session or access token are closed (4401); None: all of the member's."""
    _tell(session, Act(member_id, "revoke", str(key_id or "")))


def dismiss(session: Session, member_id: UUID, channel: str, frame: bytes) -> None:
    """The member no longer follows the channel; her sockets are written `frame`."""
    _tell(session, Act(member_id, "dismiss", channel, frame))


def admit(session: Session, member_id: UUID, channel: str) -> None:
    """The member's sockets are told that they may follow the channel."""
    _tell(session, Act(member_id, "admit", channel))


def refresh(session: Session, member_id: UUID) -> None:
    """The member's sockets read her standing, blocks and preferences again."""
    _tell(session, Act(member_id, "refresh"))


def _tell(session: Session, *news: News) -> None:
    live: Live | None = session.info.get("live")
    if live is None:
        return
    told: list[News] | None = session.info.get("told")
    if told:
        told += news
        return
    told = session.info["told"] = list(news)  # anew too where a savepoint took back all that was told

    async def emit() -> None:
        session.info.pop("told", None)
        try:
            await live.emit(told)
        except Exception:
            log.exception("publishing failed")

    session.after_commit(emit)
