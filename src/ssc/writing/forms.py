"""What a text may be: types for the forms of whatever is written."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from ssc.core import markdown, text
from ssc.core.i18n import _

BODY_LIMIT = 50_000


def _described(body: str) -> str:
    if any(not words for _name, words in markdown.images_in(body)):
        raise ValueError(_("A picture lacks its words: say within ![…] what it shows, for who cannot see it."))
    return body


Title = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
Summary = Annotated[str, text.ONE_LINE, StringConstraints(max_length=500)]
Words = Annotated[str, text.LINES, StringConstraints(max_length=BODY_LIMIT), text.NOT_EMPTY, AfterValidator(_described)]
Lang = Annotated[str, StringConstraints(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Alt = Annotated[str, text.ONE_LINE, StringConstraints(max_length=300), text.NOT_EMPTY]
