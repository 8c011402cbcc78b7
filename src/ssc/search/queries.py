"""Searching every source that serves the viewer."""

from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.search.forms import Asked
from ssc.search.hits import Group, sources_for
from ssc.search.marking import words_of

OF_EACH = 5
OF_ONE = 50


async def search(session: Session, viewer: Viewer | None, asked: Asked) -> list[Group]:
    """Sources that found something, in their order. 422 at `kind` for one that does not serve this viewer."""
    serving = sources_for(viewer)
    chosen = [source for source in serving if asked.kind in ("", source.kind)]
    if not chosen:
        raise errors.invalid(("kind", _("There is nothing of this kind to search.")))
    if not words_of(asked.q):
        return []
    most = OF_ONE if asked.kind else OF_EACH
    found = [(source, list(await source.find(session, viewer, asked.q, most + 1))) for source in chosen]
    return [Group(source, hits[:most], len(hits) > most) for source, hits in found if hits]
