"""Loaders: the chapter that an address names, who looks after it, and offices."""

import re
from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn, Staff, Visitor
from ssc.communities.chapters import rules
from ssc.communities.chapters.queries import Seen, chapter_of
from ssc.core import errors
from ssc.core.i18n import _
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.places import countries
from ssc.web import api
from ssc.web.transactions import Transaction

_ROLE = re.compile(r"staff|editor|moderator|coordinator:([A-Z]{2})")


@api.refuses(404, required=False, person=False)
async def seen_chapter(country: str, viewer: Visitor, session: Transaction) -> Seen:
    return errors.found(await chapter_of(session, viewer, country))


SeenChapter = Annotated[Seen, Depends(seen_chapter)]
"""The chapter of the country in the path; 404 where there is none."""


@api.refuses(403)
async def kept_chapter(viewer: SignedIn, found: SeenChapter) -> Seen:
    if not rules.looks_after(viewer, found.country):
        raise errors.forbidden(_("This is for the coordinators of that country, and for the secretariat."))
    return found


KeptChapter = Annotated[Seen, Depends(kept_chapter)]
"""The same for who looks after it; 403 for others."""


@api.refuses(404)
async def office(role: str, _viewer: Staff) -> str:
    match = _ROLE.fullmatch(role)
    if match is None or (match[1] and not countries.exists(match[1])):
        raise errors.not_found()
    return role


Office = Annotated[str, Depends(office)]
"""An office as it is spelled in the path, for the secretariat; 404 for what is none."""


@api.refuses(404)
async def holder(handle: str, viewer: Staff, session: Transaction) -> Member:
    found = await people.by_handle(session, handle.lower())
    if found is None or found.id in viewer.blocked:
        raise errors.not_found()
    return found


Holder = Annotated[Member, Depends(holder)]
"""Whose office it is to be, by her handle."""
