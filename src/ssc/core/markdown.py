"""Markdown as people may write it: a small part of it, made into HTML that can do no harm."""

import html
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_RULES = "paragraph fence code blockquote list text newline escape backticks entity emphasis strikethrough".split()
_RULES += ["link", "autolink", "balance_pairs", "fragments_join"]
_TAGS = {"p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
# What has a meaning somewhere in a line, or where one begins. Most of what people write has neither.
_MEANT = re.compile(r"[*_`~\[<&\\@\n\t]|://|^\s*(?:[>+-]|\d+[.)])|^ {4}")
_LINK = re.compile(r"https?://[^\s/\\?#]|mailto:[^\s@]+@|/(?![/\\]|%5c)", re.IGNORECASE)
_BARE = re.compile(r"://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$", re.IGNORECASE)
_NAME = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)
# A name that may or may not be somebody's: no text of ours holds these characters (core.text refuses them).
_MARK = re.compile("\x02([a-z0-9-]+)\x03", re.IGNORECASE)
# Beyond these a text is shown as it is: parsers need the square of the number of brackets, stars and the like.
_OPENERS_LIMIT = 600
_LINES_LIMIT = 500
_DEPTH_LIMIT = 20
_IMAGE_SCHEME = "picture:"
_IMAGE_ATTRIBUTES = {"src", "srcset", "sizes", "alt", "width", "height", "loading"}
_SHOWN_AT = "(min-width: 48rem) 44rem, 100vw"


@dataclass(frozen=True)
class Image:
    """A picture of ours that an article may show: its addresses by width, and how large it is."""

    addresses: Mapping[int, str]
    width: int
    height: int


@dataclass(frozen=True)
class Rendered:
    """HTML in which the names that follow an `@` still wait to be told apart from mere words."""

    marked: str
    names: tuple[str, ...] = ()
    """The names, lower case, each once, in their order."""

    @property
    def links(self) -> bool:
        """Whether it leads anywhere."""
        return "<a " in self.marked

    def html(self, known: Collection[str] = ()) -> str:
        """The HTML: those of `known` lead to the member, the others stay words."""
        return _MARK.sub(lambda mark: _mention(mark[1], known), self.marked) if self.names else self.marked


def render(source: str) -> Rendered:
    """Paragraphs, emphasis, code, quotes, lists and links; no images, headings, tables or HTML.

    Links lead to http, https, mail or this site, and carry `nofollow ugc noopener`.
    """
    if not _MEANT.search(source):
        return Rendered(f"<p>{html.escape(source, quote=False)}</p>\n" if source else "")
    if sum(map(source.count, "[*_~`>@<")) > _OPENERS_LIMIT or source.count("\n") > _LINES_LIMIT:
        return Rendered(as_it_is(source))
    tokens = _PARSER.parse(source)
    if any(token.level > _DEPTH_LIMIT for token in tokens):
        return Rendered(as_it_is(source))
    marked = _CLEANER.clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    names = dict.fromkeys(name.lower() for name in _MARK.findall(marked))
    return Rendered(marked, tuple(names))


def article(source: str, images: Mapping[str, Image] | None = None) -> str:
    """A text on a page of its own: also headings (from the second level on), tables, rules, and pictures of ours.

    `![What it shows](picture:NAME)` shows the one that `images` knows by that name; any other, a remote one say,
    becomes its words, so that reading asks nobody but us.
    """
    tokens = _article_tokens(source)
    if tokens is None:
        return as_it_is(source)
    marked = _ARTICLES.renderer.render(tokens, _ARTICLES.options, {"images": images or {}})
    return _ARTICLE_CLEANER.clean(marked)


def images_in(source: str) -> list[tuple[str, str]]:
    """Of every picture in an article its name (of another than ours the address) and its words, in their order."""
    inline = [child for token in _article_tokens(source) or () for child in token.children or ()]
    return [(_image_name(token), token.content.strip()) for token in inline if token.type == "image"]


def as_it_is(source: str) -> str:
    """Text with its line breaks, nothing in it having a meaning."""
    lines = html.escape(source.strip("\n"), quote=False).replace("\n", "<br>\n")
    return f"<p>{lines}</p>\n"


def _mention(name: str, known: Collection[str]) -> str:
    handle = name.lower()
    return f'<a class="mention" href="/members/{handle}">@{handle}</a>' if handle in known else f"@{name}"


def _name(state: StateInline, silent: bool) -> bool:
    """`@name`, but not in an address, and not within a link."""
    found = _NAME.match(state.src, state.pos) if state.src[state.pos] == "@" else None
    before = state.src[state.pos - 1] if state.pos else " "
    if found is None or state.linkLevel or (before.isascii() and (before.isalnum() or before in "/@.-_=&?")):
        return False
    if not silent:
        state.push("name", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _bare_link(state: StateInline, silent: bool) -> bool:
    """An address as it was pasted: it ends where a script without spaces goes on."""
    found = _BARE.match(state.src, state.pos) if state.src[state.pos] == ":" else None
    scheme = _SCHEME.search(state.pending[-6:]) if found else None  # all of it each time would take the square
    if found is None or scheme is None or state.linkLevel:
        return False
    rest = _trimmed(found[0])
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        address = scheme[0] + rest
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _trimmed(address: str) -> str:
    """Without the stop, comma or bracket of the sentence around it."""
    while address[-1] in ".,;:!?'*" or (address[-1] in ")]" and not _paired(address)):
        address = address[:-1]
    return address


def _paired(address: str) -> bool:
    opening = {")": "(", "]": "["}[address[-1]]
    return address.count(opening) >= address.count(address[-1])


def _mark(_renderer: RendererHTML, tokens: list[Token], at: int, *_rest: object) -> str:
    return f"\x02{tokens[at].content}\x03"


def _parser() -> MarkdownIt:
    made = MarkdownIt("zero", {"breaks": True, "maxNesting": 2 * _DEPTH_LIMIT}).enable(_RULES)
    made.inline.ruler.before("link", "name", _name)
    made.inline.ruler.before("link", "bare_link", _bare_link)
    made.add_render_rule("name", _mark)
    made.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]  # their way
    return made


def _safe(_tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or _LINK.match(value) else None


def _article_tokens(source: str) -> list[Token] | None:
    """None for what is shown as it is."""
    if sum(map(source.count, "[*_~`>@<|")) > _OPENERS_LIMIT * 3 or source.count("\n") > _LINES_LIMIT * 4:
        return None
    tokens = _ARTICLES.parse(source)
    if any(token.level > _DEPTH_LIMIT for token in tokens):
        return None
    _step_down(tokens)
    return tokens


def _step_down(tokens: Sequence[Token]) -> None:
    """Headings begin at the second level, below the page's title, whichever the author began with, and skip none."""
    opening = [token for token in tokens if token.type == "heading_open"]
    closing = [token for token in tokens if token.type == "heading_close"]
    first, level = min((int(token.tag[1:]) for token in opening), default=1), 1
    for begins, ends in zip(opening, closing, strict=True):
        level = min(level + 1, int(begins.tag[1:]) - first + 2, 6)
        begins.tag = ends.tag = f"h{level}"


def _image_name(token: Token) -> str:
    return str(token.attrs.get("src", "")).removeprefix(_IMAGE_SCHEME)


def _image(_renderer: RendererHTML, tokens: list[Token], at: int, _options: object, env: dict[str, Any]) -> str:
    words, image = html.escape(tokens[at].content), env["images"].get(_image_name(tokens[at]))
    if image is None:
        return words
    sources = ", ".join(f"{address} {width}w" for width, address in sorted(image.addresses.items()))
    largest = image.addresses[max(image.addresses)]
    size = f'width="{image.width}" height="{image.height}"'
    return f'<img src="{largest}" srcset="{sources}" sizes="{_SHOWN_AT}" alt="{words}" {size} loading="lazy">'


def _article_parser() -> MarkdownIt:
    made = MarkdownIt("zero", {"breaks": True, "maxNesting": 2 * _DEPTH_LIMIT})
    made.enable([*_RULES, "heading", "hr", "table", "image"])
    made.inline.ruler.before("link", "bare_link", _bare_link)
    made.add_render_rule("image", _image)
    made.validateLink = lambda url: bool(_LINK.match(url) or url.startswith(_IMAGE_SCHEME))  # type: ignore[method-assign]  # their way
    return made


def _safe_in_article(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("src", "srcset"):
        return value if value.startswith("/files/") else None
    return _safe(tag, attribute, value)


_PARSER = _parser()
_ARTICLES = _article_parser()
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    attribute_filter=_safe,
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)
_ARTICLE_CLEANER = nh3.Cleaner(
    tags=_TAGS | {"h2", "h3", "h4", "h5", "h6", "hr", "img", "table", "thead", "tbody", "tr", "th", "td"},
    attributes={"a": {"href"}, "ol": {"start"}, "img": _IMAGE_ATTRIBUTES, "*": set()},
    attribute_filter=_safe_in_article,
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)
