"""Markdown: a small part of it, harmless whatever is written, and never slow (cases 48, 49)."""

import gc
import time
from html.parser import HTMLParser

import pytest

from ssc.core.markdown import render

LINK = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("Hello, 花子さん!", "<p>Hello, 花子さん!</p>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("**b** *i* ~~s~~ `<c>`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>&lt;c&gt;</code></p>\n"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n"),
        ("3. x\n4. y", '<ol start="3">\n<li>x</li>\n<li>y</li>\n</ol>\n'),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"),
        ("```py\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("# no heading", "<p># no heading</p>\n"),
        ("1990年に来ました", "<p>1990年に来ました</p>\n"),
        ("[a](https://e.org/?a=1&b=2)", f'<p><a href="https://e.org/?a=1&amp;b=2" {LINK}>a</a></p>\n'),
        ("[a](/members/olga)", f'<p><a href="/members/olga" {LINK}>a</a></p>\n'),
        ("見てhttps://e.org/a_b_cを", f'<p>見て<a href="https://e.org/a_b_c" {LINK}>https://e.org/a_b_c</a>を</p>\n'),
        ("(https://e.org/a(b)).", f'<p>(<a href="https://e.org/a(b)" {LINK}>https://e.org/a(b)</a>).</p>\n'),
        ("![x](https://e.org/x.png)", f'<p>!<a href="https://e.org/x.png" {LINK}>x</a></p>\n'),
    ],
)
def test_what_is_written_is_shown(source: str, html: str) -> None:
    assert render(source).html() == html


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "///evil.example", "https:evil.example", "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "&#106;avascript:alert(1)", "http:/evil",
        "http:\\\\evil",
    ],
)  # fmt: skip
def test_what_leads_astray_is_no_link(target: str) -> None:
    for source in (f"[x]({target})", f"<{target}>", f"[x](<{target}>)", f'<a href="{target}">x</a>', f"![x]({target})"):
        assert "<a " not in render(source).html(), source
    assert "<a " in render("[x](https://good.example)").html()


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<style>*{}</style>", '"><svg onload=alert(1)>',
        '[x](https://e.org "onclick=alert(1)")', "`<script>`", "<https://e.org/\"onmouseover='x'>",
    ],
)  # fmt: skip
def test_no_script_runs(source: str) -> None:
    seen = Seen(convert_charrefs=True)
    seen.feed(render(source).html() + render("[x](https://e.org)").html())
    assert seen.tags <= {"p", "code", "a"}
    assert seen.attributes == {"href", "rel"}


class Seen(HTMLParser):
    """The tags and attributes that a browser would find."""

    def __init__(self, **options: bool) -> None:
        super().__init__(**options)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}


def test_names_are_told_apart_from_words() -> None:
    rendered = render("@Olga-Other はい@taroさん @nobody a@olga-other.org `@olga-other` [@taro](https://e.org) x/@taro")
    assert rendered.names == ("olga-other", "taro", "nobody")
    html = rendered.html({"olga-other", "taro"})
    assert html.count('<a class="mention" href="/members/olga-other">@olga-other</a>') == 1
    assert html.count('<a class="mention" href="/members/taro">@taro</a>') == 1
    assert "@nobody" in html and "\x02" not in html


@pytest.mark.parametrize(
    "unit",
    [
        "[", "]", "*", "_", "`", "~", "<", ">", "&", "\\", "-", "+", "!", "@", ":", "://", "[a](", "![", "> ", "- ",
        "* a\n", "  - a\n", "@a ", "**a", "*a ", "a*", "<a", "http://a ", "&amp;", "``a ", "~~a", "](", "1. ", "a\n\n",
        "\\[",
        "*_", "<http://a>", "1)\n", "```\n", "    a\n", "\t", "\n", "[a]: b\n",
    ],
)  # fmt: skip
def test_nothing_takes_long(unit: str) -> None:
    """(case 49) A body has at most 10,000 characters; also just below where a text is shown as it is."""
    marks = max(1, sum(map(unit.count, "[*_~`>@<")), unit.count("- "))
    for source in ((unit * 10_000)[:10_000], (unit * (599 // marks) + "x " * 5000)[:10_000]):
        gc.disable()  # all that other tests left behind is not what rendering costs
        began = time.process_time()
        render(source)
        took = time.process_time() - began
        gc.enable()
        assert took < 0.2


def test_what_nests_without_end_is_shown_all_the_same() -> None:
    nested = "".join("  " * level + "- a\n" for level in range(140))
    assert render(nested).html().count("- a<br>") == 139
    assert render(">" * 30 + "a").html() == f"<p>{'&gt;' * 30}a</p>\n"
    assert render("> > - a").html().count("<blockquote>") == 2
