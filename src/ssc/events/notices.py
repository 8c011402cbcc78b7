"""What people are told about events: sentences for the bell, for letters, and for those on the roster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ssc.core.clock import rfc3339
from ssc.core.db import Session
from ssc.core.i18n import _, ngettext, words
from ssc.events import clocks
from ssc.events.models import Announcement, Answer, Event
from ssc.notifications.kinds import Kind, Quote, Told
from ssc.notifications.models import Notice
from ssc.people.viewer import Viewer


def data_of(event: Event, **more: Any) -> dict[str, Any]:
    """What sentences are made of: the event as it stands when it is told."""
    where = ", ".join(part for part in (event.venue, event.address) if part)
    when = {"starts_at": rfc3339(event.starts_at), "zone": event.time_zone}
    return {"event": event.title, "where": where, "online": event.online, **when, **more}


def _title(told: Told) -> str:
    return str(told.data.get("event", ""))


def _when(data: Mapping[str, Any]) -> str:
    return clocks.moment(datetime.fromisoformat(str(data["starts_at"])), str(data["zone"]))


def _where(data: Mapping[str, Any]) -> str:
    places = [str(data.get("where") or ""), _("online") if data.get("online") else ""]
    return ", ".join(filter(None, places)) or "–"


def _place(told: Told) -> str:
    event = _title(told)
    match told.data.get("what"):
        case "moved-up":
            return _("You have a place: “{event}”.", event=event)
        case "offered":
            if (ends := told.data.get("until")) is None:  # told before notices knew it
                return _("A place is held for you: “{event}”. Take it, or let it pass.", event=event)
            until = clocks.moment(datetime.fromisoformat(str(ends)), str(told.data["zone"]))
            return _(
                "A place is held for you until {until}: “{event}”. Take it, or let it pass.", event=event, until=until
            )
        case "offer-expired":
            return _(
                "The time is up, and the place held for you is others' now: “{event}”. Answer again if you can still "
                "come.",
                event=event,
            )
        case "going":
            return _("An organiser has put you down as going: “{event}”.", event=event)
        case _other:
            return _("Your answer was changed by an organiser: “{event}”.", event=event)


def _change(told: Told) -> str:
    if told.data.get("cancelled") is not None:
        reason = str(told.data["cancelled"])
        return _("“{event}” does not take place. {reason}", event=_title(told), reason=reason)
    if told.data.get("restored"):
        return _(
            "“{event}” takes place after all. It begins: {when}. Place: {where}.",
            event=_title(told),
            when=_when(told.data),
            where=_where(told.data),
        )
    if told.count == 1 and (was := told.data.get("was")):
        return _what_changed(told, was)
    return _(
        "“{event}” has changed. It begins: {when}. Place: {where}.",
        event=_title(told),
        when=_when(told.data),
        where=_where(told.data),
    )


def headline(kind: Kind, told: Told) -> str:
    """What a letter is called: its sentence, but of a change, which needs several, only that there is one."""
    if told.data.get("was"):
        return _("“{event}” has changed.", event=_title(told))
    return kind.sentence(told)


def _what_changed(told: Told, was: Mapping[str, Any]) -> str:
    """Of one change; of several that nobody read between, what it was before would be half of the truth."""
    now, parts = told.data, [_("“{event}” has changed.", event=_title(told))]
    if (when := _when(now)) != (before := _when(was)):
        parts.append(_("It begins: {when} (before: {before}).", when=when, before=before))
    else:
        parts.append(_("It begins as before: {when}.", when=when))
    if now["ends_at"] != was["ends_at"] and when == before:
        parts.append(_("It ends: {when} (before: {before}).", when=_end(now), before=_end(was)))
    if (where := _where(now)) != (there := _where(was)):
        parts.append(_("Place: {where} (before: {before}).", where=where, before=there))
    else:
        parts.append(_("Place as before: {where}.", where=where))
    return " ".join(parts)


def _end(data: Mapping[str, Any]) -> str:
    return clocks.moment(datetime.fromisoformat(str(data["ends_at"])), str(data["zone"]))


def _reminder(told: Told) -> str:
    return _(
        "Soon: “{event}”, {when}. Place: {where}.", event=_title(told), when=_when(told.data), where=_where(told.data)
    )


def _invitation(told: Told) -> str:
    if told.data.get("again"):
        return _("You have not answered yet: “{event}”, {when}.", event=_title(told), when=_when(told.data))
    return _("You are invited: “{event}”, {when}.", event=_title(told), when=_when(told.data))


def _announcement(told: Told) -> str:
    return _("{event}: {subject}", event=_title(told), subject=told.data.get("subject", ""))


def _quote(told: Told) -> str:
    return _("May the report of “{event}” quote you? Nothing is printed unless you agree.", event=_title(told))


def _survey(told: Told) -> str:
    return _("How was “{event}”? Tell the organisers, without your name.", event=_title(told))


def _to_confirm(told: Told) -> str:
    return ngettext(
        "An invitation of {n} person to “{event}” waits for a second person.",
        "An invitation of {n} people to “{event}” waits for a second person.",
        int(told.data.get("persons", 0)),
        event=_title(told),
    )


def _decided(told: Told) -> str:
    if not told.data.get("declined"):
        return _("Your invitation to “{event}” is confirmed and goes out.", event=_title(told))
    note = str(told.data.get("note") or "")
    return _("Your invitation to “{event}” was declined. {note}", event=_title(told), note=note).rstrip()


def _photo(told: Told) -> str:
    return ngettext(
        "A photo in the report of “{event}” is not shown any more: somebody in it asked for that. Nobody blames you "
        "for it.",
        "{n} photos in the report of “{event}” are not shown any more: somebody in them asked for that. Nobody blames "
        "you for it.",
        told.count,
        event=_title(told),
    )


async def _announced(session: Session, viewer: Viewer, subject: str) -> list[Quote] | None:
    """What a letter quotes: the announcements meant for her that she has neither read nor had by mail, the first first;
    None when they are gone."""
    event_id = UUID(subject.partition(":")[2])
    answer = await session.scalar(select(Answer).where(Answer.event_id == event_id, Answer.member_id == viewer.id))
    unread = await session.scalar(
        select(Notice).where(
            Notice.member_id == viewer.id,
            Notice.kind == EVENT_ANNOUNCEMENT.name,
            Notice.subject == subject,
            Notice.read_at.is_(None),
        )
    )
    found = select(Announcement).where(
        Announcement.event_id == event_id, Announcement.to.contains([answer.status if answer else ""])
    )
    if unread is not None and unread.mailed_at is not None:
        found = found.where(Announcement.created_at > unread.mailed_at)
    latest = found.order_by(Announcement.created_at.desc()).limit(unread.count if unread is not None else 1)
    told = list(await session.scalars(latest))
    return [Quote(one.subject, one.body) for one in reversed(told)] or None


EVENT_PLACE = Kind("event-place", words("Your place at an event"), _place, _title, push=True)
EVENT_CHANGE = Kind("event-changes", words("Changes of events you answered"), _change, _title, push=True)
EVENT_REMINDER = Kind("event-reminders", words("Reminders of events you go to"), _reminder, _title)
EVENT_INVITATION = Kind("event-invitations", words("Invitations to events"), _invitation, _title)
EVENT_ANNOUNCEMENT = Kind(
    "event-announcements", words("What organisers tell those who come"), _announcement, _title, look=_announced
)
EVENT_QUOTE = Kind("event-quotes", words("Asking whether a report may quote you"), _quote, _title)
EVENT_SURVEY = Kind("event-surveys", words("Surveys after events"), _survey, _title)
EVENT_TO_CONFIRM = Kind(
    "event-confirmations", words("Invitations that wait for a second person"), _to_confirm, _title, office=True
)
EVENT_DECISION = Kind("event-decisions", words("Decisions about your invitations"), _decided, _title, office=True)
EVENT_PHOTO = Kind("event-photos", words("Photos of your reports"), _photo, _title, mail=False)
KINDS = (
    EVENT_PHOTO,
    *(EVENT_TO_CONFIRM, EVENT_DECISION),
    *(EVENT_PLACE, EVENT_CHANGE, EVENT_REMINDER, EVENT_INVITATION, EVENT_ANNOUNCEMENT),
    *(EVENT_SURVEY, EVENT_QUOTE),
)
