"""Who corrects the guide; and how often an address may be typed to hear of a call."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.guide.rules import may_correct
from ssc.people.viewer import Viewer
from ssc.web import api


@api.refuses(403)
async def corrector(viewer: SignedIn) -> Viewer:
    if not may_correct(viewer):
        raise errors.forbidden(_("This is for editors."))
    return viewer


Corrector = Annotated[Viewer, Depends(corrector)]
"""An editor, or somebody of the secretariat."""
