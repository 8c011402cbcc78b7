"""How a host is reached: noted with its consent, taken away when that ends."""

from uuid import UUID

from ssc.core import audit, shelf
from ssc.core.db import Session
from ssc.core.errors import invalid, not_found
from ssc.core.i18n import _
from ssc.directory.queries.organisations import organisations_called
from ssc.guide.forms import HostBody
from ssc.guide.models import HostContact


async def note_contact(session: Session, body: HostBody, *, by: UUID) -> HostContact:
    """By the host's id or a name that is only one organisation's. What stood before is replaced."""
    meant = set(await organisations_called(session, [body.host]))
    if len(meant) != 1:
        several = _("Several organisations are called like that: write the whole name.")
        raise invalid(("host", several if meant else _("There is no organisation of this name.")))
    organisation = meant.pop()
    held = await session.get(HostContact, organisation)
    made = held or HostContact(organisation_id=organisation)
    made.contact, made.consented_on, made.consent, made.by_id = body.contact, body.consented_on, body.consent, by
    session.add(made)
    await session.flush()
    audit.write(session, by, "guide.host-contact", f"organisation:{organisation}", body.consent)
    await shelf.forget(session, "guide")
    return made


async def forget_contact(session: Session, organisation: UUID, *, by: UUID) -> None:
    """The consent has ended. 404 where there was none."""
    held = await session.get(HostContact, organisation)
    if held is None:
        raise not_found()
    await session.delete(held)
    audit.write(session, by, "guide.host-contact-end", f"organisation:{organisation}")
    await shelf.forget(session, "guide")
