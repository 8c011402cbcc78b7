"""Ringing on devices: who wants it, is not here and does not sleep; each device by a job of its own."""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert

from ssc.accounts.models import SignedInSession
from ssc.core import clock, i18n, ids, jobs, mail
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.core.i18n import _
from ssc.core.live import Live
from ssc.core.outgoing import Outgoing, Refused, Unanswered
from ssc.notifications import queries, webpush
from ssc.notifications.forms import SubscriptionBody
from ssc.notifications.kinds import registered
from ssc.notifications.models import Notice, PushSubscription
from ssc.notifications.rules import all_wants, deviations, quiet_until, wants
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer

DEVICES = 10
PATIENCE = 20
AT_ONCE = 50


async def subscribe(session: Session, viewer: Viewer, body: SubscriptionBody) -> UUID:
    """The browser rings from now on. One that another member used rings for this one; the eleventh ends the first."""
    row: dict[str, Any] = {
        "member_id": viewer.id,
        "session_id": viewer.session_id,
        "endpoint": body.endpoint,
        "p256dh": body.keys.p256dh,
        "auth": body.keys.auth,
        "failures": 0,
        "created_at": clock.now(),
    }
    statement = insert(PushSubscription).values(id=ids.new(), **row)
    made: UUID | None = await session.scalar(
        statement.on_conflict_do_update(index_elements=[PushSubscription.endpoint], set_=row).returning(
            PushSubscription.id
        )
    )
    kept = (
        select(PushSubscription.id)
        .where(PushSubscription.member_id == viewer.id)
        .order_by(PushSubscription.created_at.desc())
        .limit(DEVICES)
    )
    await session.execute(
        delete(PushSubscription).where(PushSubscription.member_id == viewer.id, PushSubscription.id.not_in(kept))
    )
    assert made is not None
    return made


async def unsubscribe(session: Session, viewer: Viewer, endpoint: str) -> None:
    await session.execute(
        delete(PushSubscription).where(PushSubscription.member_id == viewer.id, PushSubscription.endpoint == endpoint)
    )


async def remove_device(session: Session, viewer: Viewer, subscription_id: UUID) -> None:
    """404 for what is none of hers."""
    own = (PushSubscription.member_id == viewer.id, PushSubscription.id == subscription_id)
    if await session.scalar(delete(PushSubscription).where(*own).returning(PushSubscription.id)) is None:
        raise not_found()


async def mail_instead(session: Session, viewer: Viewer) -> None:
    """Where nothing can ring: whatever would ring comes by mail."""
    member = await session.get_one(Member, viewer.id, with_for_update=True, populate_existing=True)
    wanted = all_wants(member.notifications)
    chosen = {name: {str(channel): is_on for channel, is_on in table.items()} for name, table in wanted.items()}
    for kind in registered():
        if kind.push or chosen[kind.name]["push"]:
            chosen[kind.name]["mail"] = True
    member.notifications = deviations(chosen)
    member.mail_opt_out = False


async def try_out(session: Session, viewer: Viewer) -> int:
    """Rings once on each of one's devices; answers on how many. 404 where there are none."""
    devices = await _devices(session, viewer.id)
    if not devices:
        raise not_found()
    payload = _payload(_("This is how the club rings."), "/notifications", "test")
    await _ring(session, devices, payload)
    return len(devices)


async def push_next(session: Session, live: Live) -> bool:
    """Decides over the notices that are due to ring, and asks for a job for each device; False when none is due."""
    rows = await session.scalars(
        select(Notice)
        .where(Notice.push_at <= clock.now(), Notice.read_at.is_(None))
        .order_by(Notice.push_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    due = list(rows)
    here = await live.presence_of({notice.member_id for notice in due})
    for notice in due:
        notice.push_at = None
        if notice.member_id not in here:
            await _push(session, notice)
    return bool(due)


async def ring(session: Session, outgoing: Outgoing, subscription_id: UUID, payload: dict[str, str]) -> bool:
    """Sends it to one device, unless it was read meanwhile; False when the push service is in trouble.

    404 and 410 forget the device, as does being unreachable too often in a row.
    """
    device = await session.get(PushSubscription, subscription_id, with_for_update=True)
    if device is None or await _is_signed_out(session, device) or not await _is_news(session, device, payload["tag"]):
        return True
    try:
        status = await _send(session, outgoing, device, payload)
    except Refused:
        status = 410
    except Unanswered:
        status = 503
    device.failures = device.failures + 1 if status >= 300 else 0
    if status in (404, 410) or device.failures > PATIENCE:
        await session.delete(device)
        return True
    return status < 300


async def _push(session: Session, notice: Notice) -> None:
    member = await session.get_one(Member, notice.member_id)
    if quiet_until(member.quiet_hours, member.time_zone, clock.now()) or await people.suspension_of(session, member.id):
        return
    with i18n.speaking(member.language):
        viewer = await queries.viewer_of(session, member)
        spoken = await queries.spoken(session, viewer, [notice])
        if notice.by_id in viewer.blocked or not spoken or not wants(member.notifications, spoken[0].kind, "push"):
            return
        payload = _payload(spoken[0].text, notice.url, notice.subject)
    notice.pushed_at = clock.now()
    await _ring(session, await _devices(session, member.id), payload)


async def _ring(session: Session, devices: list[UUID], payload: dict[str, str]) -> None:
    for device in devices:
        await jobs.defer(session, "notifications.ring", subscription=str(device), payload=payload)


def _payload(text: str, url: str, tag: str) -> dict[str, str]:
    return {"title": _("Sakura Science Club"), "body": text[:400], "url": url, "tag": tag}


async def _devices(session: Session, member_id: UUID) -> list[UUID]:
    rows = await session.scalars(select(PushSubscription.id).where(PushSubscription.member_id == member_id))
    return list(rows)


async def _is_signed_out(session: Session, device: PushSubscription) -> bool:
    """A browser in which she has signed out shows her notices to nobody."""
    if device.session_id is None:
        return False
    if await session.scalar(select(exists().where(SignedInSession.id == device.session_id))):
        return False
    await session.delete(device)
    return True


async def _is_news(session: Session, device: PushSubscription, subject: str) -> bool:
    unread = exists().where(Notice.member_id == device.member_id, Notice.subject == subject, Notice.read_at.is_(None))
    return subject == "test" or bool(await session.scalar(select(unread)))


async def _send(session: Session, outgoing: Outgoing, device: PushSubscription, payload: dict[str, str]) -> int:
    settings = session.settings
    body = webpush.encrypted(json.dumps(payload).encode(), webpush.Keys(device.p256dh, device.auth))
    headers = {
        **webpush.signed(device.endpoint, f"mailto:{mail.sender(settings)}", settings.vapid),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": "86400",
        "urgency": "normal",
        # The push service keeps one of a topic: a device that was off for a day rings once about a thread.
        "topic": hashlib.sha256(payload["tag"].encode()).hexdigest()[:32],
    }
    return (await outgoing.post(device.endpoint, body, headers)).status
