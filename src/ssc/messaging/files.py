"""What a file that somebody brought really is: told from its bytes, never from its name or what it says of itself."""

import io
import re
import zipfile
from dataclasses import dataclass
from urllib.parse import quote

from ssc.core.errors import UNSUPPORTED, Problem
from ssc.core.i18n import _

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_NAME_LIMIT = 100
_LONGEST_LIST = 1 << 20
"""Bytes of an archive's list of parts; a longer one was made to be expensive."""
_MACROS = ("Basic/", "Scripts/")


@dataclass(frozen=True)
class Sort:
    """A kind of file that is taken, and how its name ends."""

    media_type: str
    ending: str


PDF = Sort("application/pdf", ".pdf")
WEBP = Sort("image/webp", ".webp")
_BY_FOLDER = {
    "word/": Sort(f"{_OFFICE}wordprocessingml.document", ".docx"),
    "xl/": Sort(f"{_OFFICE}spreadsheetml.sheet", ".xlsx"),
    "ppt/": Sort(f"{_OFFICE}presentationml.presentation", ".pptx"),
}
_BY_MIMETYPE = {
    f"{_OPEN_DOCUMENT}text": Sort(f"{_OPEN_DOCUMENT}text", ".odt"),
    f"{_OPEN_DOCUMENT}spreadsheet": Sort(f"{_OPEN_DOCUMENT}spreadsheet", ".ods"),
    f"{_OPEN_DOCUMENT}presentation": Sort(f"{_OPEN_DOCUMENT}presentation", ".odp"),
}


def sort_of(content: bytes) -> Sort:
    """PDF, or an office document without macros; 415 for everything else. Nothing is unpacked."""
    found = PDF if content.startswith(b"%PDF-") else _document(content)
    if found is None:
        raise Problem(
            UNSUPPORTED, _("Attach a JPEG, PNG or WebP picture, a PDF, or an office document without macros.")
        )
    return found


def safe_name(given: str | None, sort: Sort) -> str:
    """The last part of what its owner called it, with the ending of what it is."""
    last = re.split(r"[/\\]", given or "")[-1]
    printed = "".join(character for character in last if character.isprintable()).strip(" .")
    stem = printed.rpartition(".")[0] or printed
    return (stem[:_NAME_LIMIT].strip(" .") or "file") + sort.ending


def disposition(name: str, *, inline: bool) -> str:
    """The header that says under which name it is kept (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _document(content: bytes) -> Sort | None:
    if not content.startswith(b"PK\x03\x04") or not _has_short_list(content):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if any(name.startswith(_MACROS) or "vbaproject" in name.lower() for name in names):
        return None
    if "[Content_Types].xml" in names:
        return next((sort for folder, sort in _BY_FOLDER.items() if any(n.startswith(folder) for n in names)), None)
    # An OpenDocument begins with its kind, stored as it is.
    return next((s for kind, s in _BY_MIMETYPE.items() if content[30:].startswith(f"mimetype{kind}PK".encode())), None)


def _has_short_list(content: bytes) -> bool:
    """Whether the list of what is in the archive is of a document's length, before anybody reads it."""
    end = content.rfind(b"PK\x05\x06")
    is_huge = content[max(0, end - 20) :].startswith(b"PK\x06\x07")  # lengths of 64 bits: no document's
    return end > 0 and not is_huge and int.from_bytes(content[end + 12 : end + 16], "little") <= _LONGEST_LIST
