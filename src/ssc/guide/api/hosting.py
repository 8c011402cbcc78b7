"""How hosts are reached, for programs of the secretariat."""

from ssc.accounts.loaders import Staff
from ssc.core import ids
from ssc.core.errors import not_found
from ssc.guide.actions import hosting
from ssc.guide.forms import HostBody
from ssc.guide.queries.partners import host_contacts
from ssc.guide.shapes import Contact
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page
from ssc.web.transactions import Transaction

router = api.router(tags=["The desk"])


@router.get("/host-contacts", responses=problems(401, 403))
async def contacts(viewer: Staff, session: Transaction) -> Page[Contact]:
    """The hosts that have said how applicants' institutions may reach them; the finder shows it."""
    return Page(items=[Contact.of(contact) for contact, _name in await host_contacts(session)], next=None)


@router.post("/host-contacts", status_code=201, responses=problems(401, 403, 422))
async def note(body: HostBody, viewer: Staff, session: Transaction) -> Contact:
    """Notes a host's contact with its consent; what stood before is replaced."""
    return Contact.of(await hosting.note_contact(session, body, by=viewer.id))


@router.delete("/host-contacts/{identity}", status_code=204, responses=problems(401, 403, 404))
async def remove(identity: str, viewer: Staff, session: Transaction) -> None:
    """The consent has ended: the finder shows it no more."""
    organisation = ids.parse(identity)
    if organisation is None:
        raise not_found()
    await hosting.forget_contact(session, organisation, by=viewer.id)
