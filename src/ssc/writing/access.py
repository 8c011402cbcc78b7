"""The desk of those who care for the club's own words."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.writing.rules import is_editor


@api.refuses(403)
async def editor(viewer: SignedIn) -> Viewer:
    if not is_editor(viewer):
        raise errors.forbidden(_("This is for editors."))
    return viewer


Editor = Annotated[Viewer, Depends(editor)]
"""An editor, or the secretariat; 403 for other members."""
