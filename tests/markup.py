"""Whether a page is valid HTML, as far as the standard's own parsing and its commonest rules of content tell.

Stricter than the standard in one thing: what is opened is closed, since every template of ours does so. The Nu HTML
Checker, which knows every rule, is no Python; it is run by hand (README.md, Tests).
"""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FOREIGN = frozenset(("svg", "math"))
_PHRASING_ONLY = frozenset("p h1 h2 h3 h4 h5 h6 pre span b i em strong small label button legend summary a".split())
_PHRASING_STRICTLY = _PHRASING_ONLY - {"a", "legend", "summary"}
_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table ul".split()
)
_INTERACTIVE = frozenset("a button input select textarea label summary details".split())
_CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
    "datalist": {"option"},
}
_PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot", "table"},
    "td": {"tr"},
    "th": {"tr"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "option": {"select", "datalist", "optgroup"},
}
_REFERRING = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "list",
    "form",
)
_IN_A_TABLE = frozenset("thead tbody tfoot tr th td".split())
_REPEATED = re.compile(r"""\s([a-zA-Z:-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")


def faults(page: str) -> list[str]:
    """What is wrong with it, each with its line; nothing where all is well."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [*reader.faults, *reader.unmet()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.asked: list[tuple[str, str]] = []
        self.begun = False

    def handle_decl(self, decl: str) -> None:
        self.begun = decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.begun:
            self._wrong("no <!doctype html>")
            self.begun = True
        if not _FOREIGN & set(self.open):
            self._placed(tag, dict(attrs))
        self._named(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and not _FOREIGN & {*self.open, tag}:
            self._wrong(f"<{tag}/> closes nothing")
        self._named(attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self._wrong(f"</{tag}> where <{self.open[-1] if self.open else ''}> is open")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in _CHILDREN:
            self._wrong(f"text in <{self.open[-1]}>")

    def unmet(self) -> list[str]:
        """What only the whole page tells."""
        twice = [f"id {name!r} stands {count} times" for name, count in self.ids.items() if count > 1]
        astray = [f'{by}="{name}" leads to nothing' for by, name in self.asked if name not in self.ids]
        return [*twice, *astray, *(f"<{tag}> is never closed" for tag in self.open)]

    def _placed(self, tag: str, given: dict[str, str | None]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in _BLOCKS and (within := next((one for one in self.open if one in _PHRASING_STRICTLY), "")):
            self._wrong(f"<{tag}> in <{within}>")
        if parent in _CHILDREN and tag not in _CHILDREN[parent]:
            self._wrong(f"<{tag}> as a child of <{parent}>")
        if tag in _PARENTS and parent not in (*_PARENTS[tag], "template"):
            self._wrong(f"<{tag}> as a child of <{parent}>")
        hidden = tag == "input" and given.get("type") == "hidden"
        if tag in _INTERACTIVE and not hidden and {"a", "button"} & set(self.open):
            self._wrong(f"<{tag}> within a link or button")
        if tag in ("form", "label") and tag in self.open:
            self._wrong(f"<{tag}> in another")
        if tag == "img" and given.get("alt") is None:
            self._wrong("<img> without alt")
        if tag in _IN_A_TABLE and "role" in given:
            self._wrong(f"<{tag} role>: a table's parts have their own")

    def _named(self, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or ""
        twice = [name for name, count in Counter(_REPEATED.findall(source)).items() if count > 1]
        if twice and len(attrs) > len(dict(attrs)):
            self._wrong(f"the attribute {twice[0]} twice: {source[:80]}")
        if "template" in self.open:
            return  # its content is a document of its own
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
                if not value or re.search(r"\s", value):
                    self._wrong(f"id {value!r}")
            elif name in _REFERRING:
                self.asked += [(name, each) for each in (value or "").split()]

    def _wrong(self, what: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {what}")
