"""Who corrects the guide; and how often an address may be typed to hear of a call."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.guide import texts
from ssc.guide.entries import Entry
from ssc.guide.queries.entries import courses
from ssc.guide.rules import may_correct
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(403)
async def corrector(viewer: SignedIn) -> Viewer:
    if not may_correct(viewer):
        raise errors.forbidden(_("This is for editors."))
    return viewer


@api.refuses(404)
async def known_page(slug: str) -> str:
    if slug not in texts.slugs():
        raise errors.not_found()
    return slug


@api.refuses(404)
async def known_language(lang: str) -> str:
    if lang not in texts.languages():
        raise errors.not_found()
    return lang


@api.refuses(404, required=False)
async def known_programme(slug: str, session: Transaction) -> Entry:
    entry = (await courses(session)).get(slug)
    if entry is None or entry.course is None:
        raise errors.not_found()
    return entry


KnownPage = Annotated[str, Depends(known_page)]
"""The page of the guide in the path; 404 for none."""
KnownLanguage = Annotated[str, Depends(known_language)]
"""The language in the path; 404 for one in which the guide is not written."""
KnownProgramme = Annotated[Entry, Depends(known_programme)]
"""The programme in the path; 404 for none."""
Corrector = Annotated[Viewer, Depends(corrector)]
"""An editor, or somebody of the secretariat."""
