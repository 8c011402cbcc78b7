"""What a transaction has to tell: it goes out once all is durable, in the order told, and never if it is not."""

import logging
from collections.abc import Sequence
from uuid import UUID

from ssc.core.db import Session
from ssc.core.live.hub import Live
from ssc.core.live.news import Act, News, Publication

log = logging.getLogger("ssc.live")

WITHOUT_ASKING = 100
AT_ONCE = 2000


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


def notice(session: Session, noticed: Sequence[tuple[UUID, str]]) -> None:
    """What these members are told has changed: by this notice, or (empty) since something was read.

    Of a great many only those who are connected are written to.
    """
    live: Live | None = session.info.get("live")
    acts = [Act(member_id, "notice", subject) for member_id, subject in noticed]
    if len(acts) <= WITHOUT_ASKING:
        _tell(session, *acts)
    elif live is not None:
        session.after_commit(lambda: _tell_those_here(live, acts))


async def _tell_those_here(live: Live, acts: Sequence[Act]) -> None:
    try:
        for at in range(0, len(acts), AT_ONCE):
            some = acts[at : at + AT_ONCE]
            here = await live.presence_of({act.member_id for act in some})
            await live.emit([act for act in some if act.member_id in here])
    except Exception:
        log.exception("publishing failed")


def _tell(session: Session, *news: News) -> None:
    live: Live | None = session.info.get("live")
    if live is None or not news:
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
