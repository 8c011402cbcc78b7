"""A wide invitation waits for a second person: staff are told of it, and who asked hears what they decided."""

from uuid import UUID

from ssc.core import audit, clock, errors, jobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events.models import Event, InvitationRound
from ssc.events.notices import EVENT_DECISION, EVENT_TO_CONFIRM, data_of
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.viewer import Viewer

DESK = "/desk/event-invitations"


def subject_of(made: InvitationRound) -> str:
    return f"event-round:{made.id}"


async def ask(session: Session, event: Event, made: InvitationRound) -> None:
    """Everybody of the secretariat but who asked."""
    readers = await people.in_office(session, "staff")
    data = data_of(event, persons=made.persons)
    await notifications.tell(
        session, EVENT_TO_CONFIRM, readers, subject=subject_of(made), url=DESK, data=data, by=made.asked_by
    )


async def confirm(session: Session, viewer: Viewer, event: Event, made: InvitationRound) -> None:
    """The second person's yes: the invitations go out. Else as `decline`."""
    _may_decide(viewer, made)
    if not event.takes_answers:
        raise errors.conflict(_("People are invited to what is published and takes answers."))
    made.confirmed_by, made.decided_at = viewer.id, clock.now()
    audit.write(session, viewer.id, "event.invite-confirm", event.subject, persons=made.persons)
    await _tell(session, viewer.id, event, made)
    await jobs.defer(session, "events.invite", round=str(made.id))


async def decline(session: Session, viewer: Viewer, event: Event, made: InvitationRound, note: str) -> None:
    """The second person's no: nobody is invited, and who asked reads why. 403 for who asked herself, 409 when it is
    decided, or never waited."""
    _may_decide(viewer, made)
    made.declined_by, made.decided_at, made.note = viewer.id, clock.now(), note
    audit.write(session, viewer.id, "event.invite-decline", event.subject, note, persons=made.persons)
    await _tell(session, viewer.id, event, made)


def _may_decide(viewer: Viewer, made: InvitationRound) -> None:
    if made.asked_by == viewer.id:
        raise errors.forbidden(_("A second person confirms this."))
    if made.state == "declined":
        raise errors.conflict(_("This is declined already."))
    if made.state != "waiting":
        raise errors.conflict(_("This is confirmed already."))


async def _tell(session: Session, by: UUID, event: Event, made: InvitationRound) -> None:
    """What was decided, to who asked; the secretariat need not look any more."""
    await session.flush()
    await notifications.withdraw(session, subject_of(made), await people.in_office(session, "staff"))
    await notifications.tell(
        session,
        EVENT_DECISION,
        [made.asked_by],
        subject=subject_of(made),
        url=f"{event.url}/tell#invited",
        data=data_of(event, persons=made.persons, declined=made.declined_by is not None, note=made.note),
        by=by,
    )
