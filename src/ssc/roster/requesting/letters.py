"""What somebody who asked to join is written."""

from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.roster.requesting.models import MembershipRequest
from ssc.web import letters


def received(settings: Settings, asked: MembershipRequest) -> Letter:
    """That the request has come, and what happens next."""
    return _letter(settings, "roster.request-received", asked)


def member_already(settings: Settings, asked: MembershipRequest) -> Letter:
    """To an address that signs somebody in: she needs no request. Nobody else is told."""
    return _letter(settings, "roster.request-member", asked)


def declined(settings: Settings, asked: MembershipRequest) -> Letter:
    """A friendly no, with staff's reason."""
    return _letter(settings, "roster.request-declined", asked)


def _letter(settings: Settings, kind: str, asked: MembershipRequest) -> Letter:
    return letters.write(
        settings, kind, to=asked.email, language=asked.language, person=asked.name, note=asked.decision_note
    )
