"""Telling those who answered, inviting those who may come: in the app by notices, to roster addresses by letter."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, insert, select, update

from ssc.core import audit, clock, errors, ids, jobs, mail
from ssc.core.clock import rfc3339
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import letters, rules
from ssc.events.actions import confirming
from ssc.events.forms.telling import AnnouncementBody, InvitationBody
from ssc.events.models import Announcement, Event, InvitationRound, Invited
from ssc.events.notices import EVENT_ANNOUNCEMENT, EVENT_CHANGE, EVENT_INVITATION, data_of
from ssc.events.queries import recipients
from ssc.notifications import actions as notifications
from ssc.notifications.kinds import Kind, Told
from ssc.people.viewer import Viewer

CONCERNED = ("going", "maybe", "waitlisted")
ANNOUNCEMENTS_A_DAY = 10
INVITATIONS_A_DAY = 20  # of one organiser, whatever the event (case 63)


class Counted(NamedTuple):
    """Whom an invitation would reach, and whether somebody else would have to agree first."""

    persons: int
    waits: bool


async def spread(
    session: Session, event: Event, kind: Kind, member_ids: Sequence[UUID], data: Mapping[str, Any], body: str = ""
) -> None:
    """To each once: a notice to members, a letter to those on the roster. The event speaks, not a person."""
    await notifications.tell(session, kind, member_ids, subject=event.subject, url=event.url, data=data)
    for one in await recipients.by_letter(session, kind, member_ids):
        told = Told(data, 1, "", event.subject)
        await mail.send(session, letters.told(session.settings, event, kind, told, one, body))


async def tell_change(session: Session, event: Event, was: Mapping[str, Any]) -> None:
    """Everybody who answered hears once where and when it is now, and what of that is new. `was`: `when_and_where`
    before."""
    concerned = await recipients.ids_of(session, recipients.answered(event.id, CONCERNED))
    await spread(session, event, EVENT_CHANGE, concerned, {**when_and_where(event), "was": was})


def when_and_where(event: Event) -> dict[str, Any]:
    """What a change of it is held against, to say what has changed."""
    return data_of(event, ends_at=rfc3339(event.ends_at))


async def tell_cancelled(session: Session, event: Event) -> None:
    concerned = await recipients.ids_of(session, recipients.answered(event.id, CONCERNED))
    await spread(session, event, EVENT_CHANGE, concerned, data_of(event, cancelled=event.cancel_reason))


async def tell_restored(session: Session, event: Event) -> None:
    concerned = await recipients.ids_of(session, recipients.answered(event.id, CONCERNED))
    await spread(session, event, EVENT_CHANGE, concerned, data_of(event, restored=True))


async def announce(session: Session, viewer: Viewer, event: Event, body: AnnouncementBody) -> Announcement:
    """To those who answered so; 409 for a draft, 429 after ten in a day."""
    if event.status == "draft":
        raise errors.conflict(_("Nobody knows of this draft yet."))
    today = select(func.count()).where(
        Announcement.event_id == event.id, Announcement.created_at > clock.now() - timedelta(days=1)
    )
    if (await session.scalar(today) or 0) >= ANNOUNCEMENTS_A_DAY:
        most = _("{n} announcements of one event in a day are enough. Write this one tomorrow.", n=ANNOUNCEMENTS_A_DAY)
        raise errors.too_many(24 * 3600, most)
    concerned = await recipients.ids_of(session, recipients.answered(event.id, body.to))
    told = Announcement(
        id=ids.new(),
        event_id=event.id,
        subject=body.subject,
        body=body.body,
        to=list(body.to),
        persons=len(concerned),
        by_id=viewer.id,
    )
    session.add(told)
    audit.write(session, viewer.id, "event.announce", event.subject, persons=len(concerned))
    await session.flush()
    data = data_of(event, subject=body.subject)
    await spread(session, event, EVENT_ANNOUNCEMENT, concerned, data, body.body)
    return told


async def count_invitable(session: Session, viewer: Viewer, event: Event, body: InvitationBody) -> Counted:
    asked = _within(viewer, event, body)
    persons = await recipients.count(session, recipients.invitable(event, asked))
    return Counted(persons, rules.needs_second_person(viewer, asked.country, persons))


async def invite(session: Session, viewer: Viewer, event: Event, body: InvitationBody) -> InvitationRound:
    """Invites those of her region who have neither answered nor been invited. 409 unless the event takes answers, 429
    after twenty in a day.

    More than 500 of others than her own chapter wait for a second person, of whom the secretariat is told.
    """
    if not event.takes_answers:
        raise errors.conflict(_("People are invited to what is published and takes answers."))
    if await _asked_today(session, viewer) >= INVITATIONS_A_DAY:
        most = _("You have invited {n} times today. Go on tomorrow.", n=INVITATIONS_A_DAY)
        raise errors.too_many(24 * 3600, most)
    asked = _within(viewer, event, body)
    persons = await recipients.count(session, recipients.invitable(event, asked))
    made = InvitationRound(
        id=ids.new(),
        event_id=event.id,
        filters=asked.model_dump(mode="json", exclude={"dry_run"}),
        persons=persons,
        asked_by=viewer.id,
        waits=rules.needs_second_person(viewer, asked.country, persons),
    )
    session.add(made)
    audit.write(session, viewer.id, "event.invite", event.subject, persons=persons, **made.filters)
    await session.flush()
    if made.waits:
        await confirming.ask(session, event, made)
    else:
        await jobs.defer(session, "events.invite", round=str(made.id))
    return made


async def _asked_today(session: Session, viewer: Viewer) -> int:
    today = InvitationRound.created_at > clock.now() - timedelta(days=1)
    counted = select(func.count()).where(InvitationRound.asked_by == viewer.id, today)
    return await session.scalar(counted) or 0


async def deliver(session: Session, round_id: UUID) -> None:
    """All of a round at once, with the notices and letters; after a kill it begins anew, and tells nobody twice."""
    made = await session.get(InvitationRound, round_id, with_for_update=True)
    event = await session.get(Event, made.event_id) if made is not None else None
    if made is None or event is None or made.state != "on-its-way" or not event.takes_answers:
        return
    chosen = recipients.invitable(event, InvitationBody.model_validate(made.filters)).order_by("id")
    member_ids = await recipients.ids_of(session, chosen)
    made.sent_at, made.persons = clock.now(), len(member_ids)
    if member_ids:
        rows = [{"event_id": event.id, "member_id": one, "round_id": made.id} for one in member_ids]
        await session.execute(insert(Invited), rows)
        await spread(session, event, EVENT_INVITATION, member_ids, data_of(event), event.summary)


async def remind_invited(session: Session, event: Event, nth: int) -> None:
    """Those who have not answered hear of it once more; at most twice in all."""
    member_ids = await recipients.ids_of(session, recipients.unanswered(event, nth))
    if not member_ids:
        return
    await session.execute(
        update(Invited)
        .where(Invited.event_id == event.id, Invited.member_id.in_(member_ids))
        .values(reminders=Invited.reminders + 1)
    )
    await spread(session, event, EVENT_INVITATION, member_ids, data_of(event, again=True), event.summary)


def _within(viewer: Viewer, event: Event, body: InvitationBody) -> InvitationBody:
    """What she asked for, within her region; 403 for any other."""
    asked = body if body.country or viewer.is_staff else body.model_copy(update={"country": event.country})
    if not rules.may_invite_from(viewer, asked.country):
        raise errors.forbidden(_("A coordinator invites members of her own region."))
    return asked
