"""What the record's other addresses are told when it is claimed."""

from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.people.models import Member
from ssc.web import letters


def claimed(settings: Settings, member: Member, address: str) -> Letter:
    """To an address of the roster other than the one that proved the claim."""
    return letters.write(
        settings,
        "roster.claimed",
        to=address,
        language=member.language,
        member_id=member.id,
        person=member.name,
        joined_at=member.joined_at,
        time_zone=member.time_zone,
    )
