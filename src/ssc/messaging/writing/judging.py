"""Whether a sending may be stored, asked once more under the thread's lock."""

import re
from typing import Any

from ssc.core import errors
from ssc.core.errors import Problem
from ssc.core.i18n import _, words
from ssc.core.markdown import Rendered
from ssc.messaging.contact import NOT_ACCEPTING
from ssc.messaging.writing.sending import Refusal, Sending
from ssc.people.models import Member
from ssc.people.sight import is_minor
from ssc.people.viewer import Viewer

REQUEST_WAITS = errors.kind(
    "request-waits",
    403,
    words("Your first message waits for an answer"),
    words("Until it is accepted there can be only one. You will hear of it when it is."),
)
CLIENT_ID_REUSED = errors.kind(
    "client-id-reused",
    409,
    words("Another message was sent under this client_id"),
    words("A client_id stands for one message of one author in one thread. Take a new one for another message."),
)

# Each run of letters is looked at once, and not anew from every hyphen in it.
_ADDRESS = re.compile(
    r"://|\bwww\.|(?<![a-z0-9-])[a-z0-9-]++\.(?:com|net|org|info|biz|io|co|me|ru|cn|jp|xyz|top|link|ly)\b", re.I
)


def refusal(sending: Sending, row: Any, last_seq: int, readable: int) -> Refusal | None:
    """Why this may not be stored; None: it may.

    `row`: what CHECK found of author and thread; `last_seq`: the thread's at this moment; `readable`: the first
    message that the author may read.
    """
    if row.suspended:
        return errors.not_signed_in
    if row.kind == "direct" and _are_apart(row):
        return lambda: Problem(NOT_ACCEPTING)
    if not row.posts:
        return lambda: errors.forbidden(_("You read this thread, but you do not write in it."))
    if row.closed:
        return lambda: errors.forbidden(_("This conversation is closed. It can still be read and reacted to."))
    if row.request is not None:
        return _of_a_request(sending, row.request, last_seq)
    return _of_the_message(sending, row, last_seq, readable)


def check_apart(viewer: Viewer, other: Member | None) -> None:
    """For changes of what stands in a direct thread: they too reach the other."""
    if other is None or other.id in viewer.blocked or viewer.is_minor != is_minor(other):
        raise Problem(NOT_ACCEPTING)


def check_request(request: str | None, body: str, rendered: Rendered) -> None:
    """A first message that waits cannot be given links afterwards."""
    if request is not None and _has_links(body, rendered):
        raise errors.invalid(("body", _("A first message cannot contain links.")))


def missing() -> Problem:
    return errors.not_found()


def reused() -> Problem:
    return errors.conflict(kind=CLIENT_ID_REUSED)


def _are_apart(row: Any) -> bool:
    """A block between two, one of them gone, or one of age and the other not."""
    return row.other_id is None or bool(row.blocked) or row.minor != row.other_minor


def _of_a_request(sending: Sending, request: str, last_seq: int) -> Refusal | None:
    if request != "outgoing":
        return lambda: errors.forbidden(_("Accept the request first, then you can write here."))
    if last_seq:
        return lambda: Problem(REQUEST_WAITS)
    if sending.attachments:
        return lambda: errors.invalid(("attachments", _("A first message cannot carry files.")))
    if _has_links(sending.body, sending.rendered):
        return lambda: errors.invalid(("body", _("A first message cannot contain links.")))
    return None


def _has_links(body: str, rendered: Rendered) -> bool:
    return rendered.links or _ADDRESS.search(body) is not None


def _of_the_message(sending: Sending, row: Any, last_seq: int, readable: int) -> Refusal | None:
    if sending.reply_to is not None and not readable <= sending.reply_to <= last_seq:
        return lambda: errors.invalid(("reply_to", _("There is no such message in this thread.")))
    if len(row.files or ()) != len(sending.attachments):
        return lambda: errors.invalid(("attachments", _("A file is not yours, or another message carries it already.")))
    return None
