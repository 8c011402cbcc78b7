"""Devices that ring: subscribed by their browsers, tried out, given back."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.notifications import actions, queries, webpush
from ssc.notifications.forms import EndpointBody, SubscriptionBody
from ssc.notifications.rules import TRIES
from ssc.notifications.shapes import PushDevice, PushDevices, PushRing, PushSubscribed
from ssc.web import api, etags
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Notifications"])

PATH = "/me/push-subscriptions"


@router.get(PATH, responses=api.problems(401, 403))
async def devices(viewer: SignedIn, session: Transaction, response: Response) -> PushDevices:
    """The key with which a browser subscribes, and which of one's devices ring."""
    response.headers["Cache-Control"] = etags.PRIVATE
    found = await queries.devices_of(session, viewer)
    items = [PushDevice(id=one.id, device=one.name, created_at=one.created_at, current=one.current) for one in found]
    return PushDevices(key=webpush.public_key(session.settings.vapid), devices=len(items), items=items)


@router.post(PATH, status_code=201, responses=api.problems(401, 403, 422))
async def subscribe(body: SubscriptionBody, viewer: SignedIn, session: Transaction) -> PushSubscribed:
    """Takes what `pushManager.subscribe()` gave, as `toJSON()` spells it. Ten devices ring; one more ends the first."""
    return PushSubscribed(id=await actions.subscribe(session, viewer, body))


@router.delete(PATH, status_code=204, responses=api.problems(401, 403, 422))
async def unsubscribe(
    viewer: SignedIn,
    session: Transaction,
    body: EndpointBody | None = None,
    endpoint: Annotated[str, Query(max_length=1000, description="Instead of a body.")] = "",
) -> Response:
    """The browser of this `endpoint` rings no more. Once more changes nothing."""
    named = body.endpoint if body else endpoint
    if not named:
        raise errors.invalid(("endpoint", _("Please fill this in.")))
    await actions.unsubscribe(session, viewer, named)
    return Response(status_code=204)


@router.delete(PATH + "/{identity}", status_code=204, responses=api.problems(401, 403, 404))
async def remove(identity: UUID, viewer: SignedIn, session: Transaction) -> Response:
    """One of one's devices rings no more."""
    await actions.remove_device(session, viewer, identity)
    return Response(status_code=204)


@router.post(PATH + "/test", status_code=202, responses=api.problems(401, 403, 404, 429))
async def try_out(viewer: SignedIn, process: Running, session: Transaction) -> PushRing:
    """Rings once on each of one's devices; 20 times an hour. 404 where none is subscribed."""
    await process.limits.take(TRIES, str(viewer.id))
    return PushRing(devices=await actions.try_out(session, viewer))
