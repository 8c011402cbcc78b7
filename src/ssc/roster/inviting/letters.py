"""The letter that invites, and its one-click way out."""

from collections.abc import Sequence

from ssc.core import clock
from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.notifications import leaving
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.roster.inviting.models import Invitation
from ssc.roster.inviting.rules import stop_token
from ssc.web import letters


def invitation(
    settings: Settings,
    sent: Invitation,
    member: Member,
    exchanges: Sequence[Exchange],
    secret: str,
    hosting: str = "",
) -> Letter:
    """Names the exchange, or for whom (`hosting`) she is to look after some, so that the reader can tell it from a
    fraud; `secret` is in its one link."""
    token = stop_token(sent.id, settings.key)
    stop = f"{settings.base_url}/unsubscribe/{token}"
    return letters.write(
        settings,
        "roster.invitation",
        to=sent.address,
        language=sent.language,
        member_id=member.id,
        headers={
            "List-Unsubscribe": f"<{stop}>, <{leaving.by_mail(settings, token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        priority=2,
        person=member.name,
        exchange=exchanges[0] if exchanges else None,
        minor=member.adult_from > clock.today_in_japan(),
        note=sent.note,
        hosting=hosting,
        link=f"{settings.base_url}/invitations/{secret}",
        stop=stop,
        expires_at=sent.expires_at,
    )
