"""Letters about an event: to somebody on the roster who has no account, and the ticket of whoever has a place."""

from typing import Any

from ssc.core.config import Settings
from ssc.core.i18n import speaking
from ssc.core.mail import Letter
from ssc.events import clocks, notices, tickets
from ssc.events.invitations import Pass
from ssc.events.models import Answer, Event
from ssc.events.notices import EVENT_INVITATION, EVENT_PLACE, EVENT_SURVEY
from ssc.events.queries.recipients import Addressed
from ssc.notifications import leaving
from ssc.notifications.kinds import Kind, Told
from ssc.notifications.leaving import Leave
from ssc.web import letters


def told(settings: Settings, event: Event, kind: Kind, told: Told, to: Addressed, body: str = "") -> Letter:
    """One sentence as the bell would say it, what is to be said besides, and her own link to answer by."""
    answered = kind is not EVENT_INVITATION
    return _sentence(settings, "events.told", event, kind, told, to, "", body=body, answered=answered)


def asked(settings: Settings, event: Event, told: Told, to: Addressed) -> Letter:
    """That there is a survey, with her own link to it: without an account, and without her name."""
    return _sentence(settings, "events.survey", event, EVENT_SURVEY, told, to, "/survey")


def _sentence(
    settings: Settings, name: str, event: Event, kind: Kind, told: Told, to: Addressed, part: str, **more: Any
) -> Letter:
    """`part`: what of her own link it leads to."""
    member, leave = to.member, Leave(to.member.id, "kind", kind.name)
    with speaking(member.language):
        sentence, headline = kind.sentence(told), notices.headline(kind, told)
        headers = leaving.headers(settings, leave, kind.label())
    return letters.write(
        settings,
        name,
        to=to.address,
        language=member.language,
        member_id=member.id,
        headers=headers,
        about=event.subject,
        priority=2,
        person=member.name,
        sentence=sentence,
        headline=headline,
        title=event.title,
        link=Pass(event.id, member.id).link(settings) + part,
        **more,
        stop=leave.link(settings),
    )


def ticket(settings: Settings, event: Event, answer: Answer, to: Addressed) -> Letter:
    """Where and when it is, and what is shown at the door: the code as text, and as a square in the letter itself."""
    member, leave = to.member, Leave(to.member.id, "kind", EVENT_PLACE.name)
    with speaking(member.language):
        headers = leaving.headers(settings, leave, EVENT_PLACE.label())
        shown = clocks.clocks_of(event, member.time_zone)
    own = f"{settings.base_url}{event.url}" if member.claimed else Pass(event.id, member.id).link(settings)
    return letters.write(
        settings,
        "events.ticket",
        to=to.address,
        language=member.language,
        member_id=member.id,
        headers=headers,
        priority=1,
        pictures={_SQUARE: tickets.picture(answer.ticket_code)},
        person=member.name,
        event=event,
        answer=answer,
        clocks=shown,
        square=_SQUARE,
        link=own,
        stop=leave.link(settings),
    )


_SQUARE = "ticket@events"
