"""Exchange codes as written, and one made where a file has none."""

import hashlib
import re
import unicodedata
from functools import lru_cache

from ssc.roster.reading.faults import Bad, shown
from ssc.roster.reading.folding import fold

_CODE = re.compile(r"\w[\w.-]{0,59}\Z")
_BLANKS = re.compile(r"[\s/／]+")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@lru_cache(maxsize=16384)
def a_code(text: str) -> str:
    """In capitals; blanks and slashes become hyphens, since codes stand in addresses."""
    code = _BLANKS.sub("-", unicodedata.normalize("NFKC", text).strip()).upper()
    if not _CODE.match(code):
        raise Bad("code.invalid", value=shown(text))
    return code


@lru_cache(maxsize=16384)
def made_code(title: str, fiscal_year: int, host: str) -> str:
    """For an exchange without a code: the same title, fiscal year and host always make the same, EX-2014-7K2M9QDX.

    An exchange that is known by these three under another code is found by them before this code is used.
    """
    key = "\0".join((fold(title), str(fiscal_year), fold(host)))
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5], "big")
    return f"EX-{fiscal_year}-" + "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -5, -5))
