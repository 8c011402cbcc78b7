"""The code of a ticket, as it is typed at a door and as a square to be scanned."""

import base64
import io

import segno

from ssc.core import text


def typed(code: str) -> str:
    """As it is stored, whatever was typed: small letters, blanks, hyphens, full-width letters."""
    return "".join(character for character in text.canonical(code).upper() if character.isalnum())[:20]


def square(code: str) -> str:
    """An SVG element of black modules, without a size of its own."""
    made: str = segno.make(code, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return made


def picture(code: str) -> str:
    """The same for a letter: a PNG in base64, black on white with a margin, whatever colours the reader's mail has."""
    made = io.BytesIO()
    segno.make(code, error="m", micro=False).save(made, kind="png", scale=8, border=4)
    return base64.b64encode(made.getvalue()).decode()
