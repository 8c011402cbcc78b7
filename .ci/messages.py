"""Collects every sentence of the club into each language's catalogue: `make messages`.

With `--check` nothing is written; it fails and says what is missing where a catalogue lacks a sentence.
`--new th` begins a language: one file, and the pages offer it.
"""

import io
import sys
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "frontend" / "locales"
KEYWORDS = {"_": None, "words": None, "gettext": None, "ngettext": (1, 2)}
SOURCES = (
    ("src/ssc", [("**.py", "python")], {}),
    (
        "frontend/templates",
        [("**.html", "jinja2"), ("**.txt", "jinja2")],
        {"**": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n"}},
    ),
)


def sentences() -> Catalog:
    """What the code and the templates say, in English."""
    found = Catalog(charset="utf-8")
    for folder, methods, options in SOURCES:
        for name, _line, message, comments, context in extract_from_dir(
            str(ROOT / folder), methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(message, None, [(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return found


def updated(path: Path, template: Catalog) -> bytes:
    """The catalogue at `path` with today's sentences: known translations kept, gone ones dropped."""
    code = path.parent.parent.name
    old = read_po(io.BytesIO(path.read_bytes()), locale=code.replace("-", "_"))
    new = Catalog(locale=Locale.parse(code, sep="-"), project="Sakura Science Club", version="1", charset="utf-8")
    new.header_comment = f"# {Locale.parse(code, sep='-').english_name} words of the Sakura Science Club."
    new.creation_date = new.revision_date = old.creation_date
    for message in template:
        if message.id:
            known = old.get(message.id)
            files = [(name, None) for name in sorted({name for name, _line in message.locations})]
            flags = message.flags | (known.flags & {"fuzzy"} if known else set())
            string = known.string if known else None
            new.add(message.id, string, files, flags=flags, auto_comments=message.auto_comments)
    written = io.BytesIO()
    write_po(written, new, sort_output=True, width=120, include_lineno=False)
    return written.getvalue()


def untranslated(content: bytes) -> list[str]:
    catalogue = read_po(io.BytesIO(content))
    empty = [m.id for m in catalogue if m.id and (m.fuzzy or not m.string or not all(m.string))]
    return [i if isinstance(i, str) else i[0] for i in empty]


def begin(code: str) -> None:
    path = LOCALES / code / "LC_MESSAGES" / "ssc.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        write_po(file, Catalog(locale=Locale.parse(code, sep="-")))


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--new"]:
        begin(arguments[1])
    template, wrong = sentences(), 0
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/ssc.po")):
        content = updated(path, template)
        missing = untranslated(content)
        print(f"{path.parent.parent.name}: {len(template)} sentences, {len(missing)} to translate")
        for sentence in missing if arguments == ["--check"] else []:
            print(f"  {sentence}")
        wrong += len(missing)
        if arguments != ["--check"]:
            path.write_bytes(content)
    return 1 if wrong and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
