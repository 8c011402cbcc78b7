"""What the new address hears, and what every known one does."""

from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.people.models import Member
from ssc.roster.recovering.models import Recovery
from ssc.web import letters


def asked(settings: Settings, recovery: Recovery) -> Letter:
    """To the new address, whatever it asked for: says nothing of whether a record exists."""
    return letters.write(
        settings,
        "roster.recovery-asked",
        to=recovery.email,
        language=recovery.language,
        person=recovery.name,
        page=f"{settings.base_url}/recoveries",
    )


def back(settings: Settings, recovery: Recovery, secret: str) -> Letter:
    """To the new address of who has an account: the link that opens it again."""
    return letters.write(
        settings,
        "roster.recovery-back",
        to=recovery.email,
        language=recovery.language,
        member_id=recovery.member_id,
        person=recovery.name,
        link=f"{settings.base_url}/recover/{secret}",
        contestable_until=recovery.contestable_until,
    )


def contested(settings: Settings, recovery: Recovery, record: Member, address: str, secret: str) -> Letter:
    """To an address that the record has: here is how to object."""
    return letters.write(
        settings,
        "roster.recovery-notice",
        to=address,
        language=record.language if record.claimed else recovery.language,
        member_id=record.id,
        person=record.name,
        link=f"{settings.base_url}/recoveries/{secret}/veto",
        until=recovery.contestable_until,
        time_zone=record.time_zone,
    )


def stopped(settings: Settings, recovery: Recovery) -> Letter:
    """To the new address: somebody who has the record's address or session has objected."""
    return letters.write(
        settings,
        "roster.recovery-stopped",
        to=recovery.email,
        language=recovery.language,
        person=recovery.name,
    )
