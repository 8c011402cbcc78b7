"""The letter about an event to somebody on the roster who has no account."""

from ssc.core.config import Settings
from ssc.core.i18n import speaking
from ssc.core.mail import Letter
from ssc.events.invitations import Pass
from ssc.events.models import Event
from ssc.events.queries.recipients import Addressed
from ssc.notifications import leaving
from ssc.notifications.kinds import Kind, Told
from ssc.notifications.leaving import Leave
from ssc.web import letters


def told(settings: Settings, event: Event, kind: Kind, told: Told, to: Addressed, body: str = "") -> Letter:
    """One sentence as the bell would say it, what is to be said besides, and her own link to answer by."""
    member, leave = to.member, Leave(to.member.id, "kind", kind.name)
    with speaking(member.language):
        sentence, headers = kind.sentence(told), leaving.headers(settings, leave, kind.label())
    return letters.write(
        settings,
        "events.told",
        to=to.address,
        language=member.language,
        member_id=member.id,
        headers=headers,
        about=event.subject,
        priority=2,
        person=member.name,
        sentence=sentence,
        title=event.title,
        body=body,
        link=Pass(event.id, member.id).link(settings),
        stop=leave.link(settings),
    )
