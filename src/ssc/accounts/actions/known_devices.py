"""Browsers in which a member has signed in before: remembered by a cookie of their own; a new one is told of."""

from sqlalchemy import exists, select
from starlette.requests import Request

from ssc.accounts import cookies, letters, queries
from ssc.accounts.devices import device_name
from ssc.accounts.models import KnownDevice
from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.people.models import Member


async def know_device(session: Session, request: Request, member: Member) -> None:
    """Remembers the browser; the owner is told of a new one, unless it is her first."""
    secret = await _device_secret(session, request)
    devices = {device.digest: device for device in await queries.devices_of(session, member.id)}
    known = devices.get(ids.digest(secret))
    if known is not None:
        known.last_seen_at = clock.now()
    else:
        session.add(KnownDevice(member_id=member.id, digest=ids.digest(secret)))
        if devices:
            await _tell_of_device(session, request, member)
    await session.flush()
    settings = session.settings

    async def give() -> None:
        cookies.give_device(request, settings, secret)

    session.after_commit(give)


async def _device_secret(session: Session, request: Request) -> str:
    """The browser's own, if we gave it; nobody chooses one for himself or for another."""
    brought = cookies.device_of(request, session.settings)
    if brought is not None:
        ours = select(exists().where(KnownDevice.digest == ids.digest(brought)))
        if await session.scalar(ours):
            return brought
    return ids.secret()


async def _tell_of_device(session: Session, request: Request, member: Member) -> None:
    primary = await queries.primary_of(session, member.id)
    if primary is not None:
        await letters.new_device(session, member, primary.address, device_name(request.headers.get("user-agent", "")))
