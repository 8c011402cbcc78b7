"""What a person may say about notices."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from ssc.core import text
from ssc.core.i18n import _
from ssc.notifications.leaving import Scope
from ssc.notifications.webpush import Keys
from ssc.web.api import Body


class ReadBody(Body):
    up_to: UUID = Field(description="The id of the newest notice that was seen: it and all before it are read.")


class SubjectBody(Body):
    subject: Annotated[str, StringConstraints(max_length=120)]


class LeaveForm(BaseModel):
    """What a person chose on the page; a mail program sends its own words, which are not read."""

    scope: Scope | None = None


class BounceBody(Body):
    """As mail services report them."""

    address: Annotated[str, text.ONE_LINE, StringConstraints(max_length=320, pattern=r"^[^\s@]+@[^\s@]+$")]
    kind: Literal["soft", "hard", "complaint"]


def _pushable(value: str) -> str:
    """Where nothing would be sent anyway is said at once; the host is looked at when something is sent."""
    try:
        parts = urlsplit(value)
        fits = parts.scheme == "https" and parts.hostname and not parts.username and parts.port in (None, 443)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(_("This is not an address of a push service."))
    return value


Endpoint = Annotated[str, text.ONE_LINE, StringConstraints(max_length=1000), AfterValidator(_pushable)]
Octets = Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9_-]+={0,2}$")]


class KeysBody(BaseModel):
    p256dh: Octets
    auth: Octets

    @model_validator(mode="after")
    def _are_keys(self) -> Self:
        try:
            Keys(self.p256dh, self.auth).check()
        except ValueError:
            raise ValueError(_("These are not the keys of a push subscription.")) from None
        return self


class SubscriptionBody(Body):
    """As a browser spells it (`PushSubscription.toJSON()`); when it ends is the push service's matter."""

    endpoint: Endpoint
    keys: KeysBody
    expirationTime: float | None = None  # as browsers spell it


class EndpointBody(Body):
    endpoint: Annotated[str, StringConstraints(max_length=1000)]
