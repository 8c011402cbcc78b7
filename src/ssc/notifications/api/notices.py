"""Notices, for programs."""

from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.notifications import actions, queries
from ssc.notifications.forms import ReadBody
from ssc.notifications.shapes import Notification
from ssc.web import api, etags
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction

router = api.router(tags=["Notifications"])


@router.get("/notifications", responses=api.problems(401, 403, 422))
async def notifications(viewer: SignedIn, session: Transaction, part: Paging, response: Response) -> Page[Notification]:
    """What one was told, newest first. Unread ones of a kind about one thing are one, with their count."""
    response.headers["Cache-Control"] = etags.PRIVATE
    cut = await queries.notices_of(session, viewer, part)
    return Page(items=[Notification.of(one) for one in cut.rows], next=cut.next)


@router.put("/notifications/read", status_code=204, responses=api.problems(401, 403, 422))
async def read(body: ReadBody, viewer: SignedIn, session: Transaction) -> Response:
    """Marks as read the notice `up_to` and all that came before it; what has come since stays new."""
    await actions.read_up_to(session, viewer, body.up_to)
    return Response(status_code=204)
