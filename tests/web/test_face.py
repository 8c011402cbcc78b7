"""The house rules of templates, styles and scripts, checked where they are written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssc.core.config import resource

TEMPLATES = resource("frontend") / "templates"
STATIC = resource("frontend") / "static"


def files(root: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(root.rglob(pattern)):
        yield str(path.relative_to(root)), path.read_text()


def lines_with(pattern: str, root: Path, kind: str) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{name}:{number}"
        for name, text in files(root, kind)
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def test_no_template_carries_style_or_script_of_its_own_as_the_content_policy_would_refuse_it() -> None:
    assert lines_with(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", TEMPLATES, "*.html") == []
    assert [line.split(":")[0] for line in lines_with(r"<style", TEMPLATES, "*.html")] == ["layouts/letter.html"]
    assert lines_with(r"<script(?! type=\"module\" src=)", TEMPLATES, "*.html") == []


def test_no_link_opens_a_second_window_as_browsers_within_other_apps_have_none() -> None:
    assert lines_with(r"target=|window\.open", TEMPLATES, "*.html") + lines_with(r"window\.open", STATIC, "*.js") == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert lines_with(r"(src|href)=\"(https?:)?//", TEMPLATES, "*.html") == []
    assert lines_with(r"url\(\"?(https?:)?//|@import", STATIC, "*.css") == []
    assert lines_with(r"from \"(?!\.)|import\(\"(?!\.)", STATIC, "*.js") == []


def test_every_style_sheet_speaks_within_the_declared_layers() -> None:
    first = (STATIC / "css/_global.css").read_text().splitlines()[0]
    assert first == "@layer reset, base, components, pages, utilities;"
    outside = re.compile(r"^(?!@layer|@media|@property|@keyframes|@view-transition|/\*|  |\}|@page|$)")
    assert [
        f"{name}: {line}"
        for name, text in files(STATIC / "css", "*.css")
        for line in re.sub(r"/\*.*?\*/", "", text, flags=re.S).splitlines()
        if outside.match(line)
    ] == []


def test_styles_know_start_and_end_instead_of_left_and_right() -> None:
    beside = r"(margin|padding|border)-(left|right|top|bottom)\b|float: (left|right)"
    alone = r"(^|[{;])\s*(left|right|top|bottom|width|height):"
    assert lines_with(f"{beside}|{alone}", STATIC / "css", "*.css") == []


def test_colours_are_named_once_in_the_tokens() -> None:
    found = lines_with(r"oklch\(|#[0-9a-fA-F]{3,8}\b(?!.*url)", STATIC / "css", "*.css")
    assert {line.split(":")[0] for line in found} == {"tokens.css", "utilities.css"}


def test_the_script_wakes_exactly_the_elements_there_are() -> None:
    listed = re.findall(r"\"([a-z]+-[a-z]+)\"", (STATIC / "js/app.js").read_text().split("];")[0])
    assert listed == sorted(path.stem for path in (STATIC / "js/elements").glob("*.js"))


def test_every_script_that_is_imported_is_there() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        for named in re.findall(r'(?:from|import) "(\.[^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / named).is_file(), f"{path.name} imports {named}"


@pytest.mark.parametrize(("name", "text"), list(files(STATIC / "js/elements", "*.js")))
def test_an_element_is_small_and_is_called_like_its_file(name: str, text: str) -> None:
    assert f'customElements.define("{name.removesuffix(".js")}"' in text
    assert len(text.splitlines()) <= 120


def test_night_changes_colours_and_nothing_else() -> None:
    """So what was examined by day need be examined by night for its colours alone."""
    sheets = dict(files(STATIC / "css", "*.css"))
    assert [name for name, text in sheets.items() if "prefers-color-scheme" in text] == ["tokens.css"]
    night = sheets["tokens.css"].split("@media (prefers-color-scheme: dark) {")[1].split("}")[0]
    assert re.findall(r"([a-z-]+):", night.replace(":root", "")) != []
    assert [name for name in re.findall(r"([a-z-]+):", night) if not name.startswith("--raw-")] == []
