"""What mail servers hand in: bounces, and letters to the club's own address that ask for something."""

from fastapi import Request
from starlette.responses import Response

from ssc.notifications import actions
from ssc.notifications.access import MailServer
from ssc.notifications.forms import BounceBody
from ssc.web import api
from ssc.web.transactions import Transaction

router = api.router(tags=["Notifications"])

MAIL_LIMIT = 1 << 20


@router.post("/bounces", status_code=204, responses=api.problems(401, 404, 422), summary="Report a bounce")
async def bounce(_server: MailServer, body: BounceBody, session: Transaction) -> Response:
    """For a mail service's webhook, with `SSC_BOUNCE_SECRET` as bearer token or basic password. A soft bounce counts 1,
    a hard one or a complaint 2; at 4 nothing more is sent to the address; forgotten after 30 days. 404 without the
    setting."""
    await actions.record_reported(session, body.address, body.kind)
    return Response(status_code=204)


@router.post(
    "/inbound-mail",
    status_code=204,
    max_body_size=MAIL_LIMIT,
    responses=api.problems(401, 404, 413),
    summary="Hand in a mail",
    openapi_extra={"requestBody": {"content": {"message/rfc822": {"schema": {"type": "string"}}}, "required": True}},
)
async def inbound(_server: MailServer, request: Request, session: Transaction) -> Response:
    """A mail to the club's own address, as it came (RFC 822): a delivery report is counted as a bounce, a letter whose
    subject is `unsubscribe …` stops what its token says; anything else is for people to read, and changes nothing."""
    await actions.take_mail(session, await request.body())
    return Response(status_code=204)
