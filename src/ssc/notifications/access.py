"""Who may report bounces and hand in mail: whoever shows the secret that the operator gave to the mail server."""

import base64
import hmac
from typing import Annotated

from fastapi import Depends, Request

from ssc.core.errors import not_found, not_signed_in
from ssc.web import api
from ssc.web.transactions import Running


@api.refuses(401, 404)
async def mail_server(request: Request, process: Running) -> None:
    """As a bearer token, or as the password of HTTP basic authentication, which more services can send."""
    secret = process.settings.bounce_secret
    if secret is None:
        raise not_found()
    if not hmac.compare_digest(_shown(request).encode(), secret.get_secret_value().encode()):
        raise not_signed_in()


MailServer = Annotated[None, Depends(mail_server)]


def _shown(request: Request) -> str:
    scheme, _blank, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value).decode().partition(":")[2]
    except ValueError:
        return ""
