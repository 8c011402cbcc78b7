"""The check of our markup finds what it is there for; every page passes it (tests/browser/test_pages.py)."""

import pytest

from tests.markup import faults

PAGE = "<!doctype html><html lang=en><head><title>T</title></head><body>{}</body></html>"
WRONG = {
    "<p>One<div>two</div></p>": "line 1: <div> in <p>",
    "<ul><p>One</p></ul>": "line 1: <p> as a child of <ul>",
    "<a href='/x'>One <button>two</button></a>": "line 1: <button> within a link or button",
    "<p id='a'></p><p id='a'></p>": "id 'a' stands 2 times",
    "<label for='b'>One</label>": 'for="b" leads to nothing',
    "<img src='/x.png'>": "line 1: <img> without alt",
    "<p><b>One</p></b>": "line 1: </p> where <b> is open",
    "<p class='a' class='b'>One</p>": "line 1: the attribute class twice: <p class='a' class='b'>",
    "<table><tr role='row'><td></td></tr></table>": "line 1: <tr role>: a table's parts have their own",
    "<section>": "line 1: </body> where <section> is open",
}


@pytest.mark.parametrize("written", WRONG)
def test_what_no_browser_should_have_to_mend_is_found(written: str) -> None:
    assert WRONG[written] in faults(PAGE.format(written))


def test_a_page_that_is_in_order_has_nothing_wrong() -> None:
    body = (
        "<p id=t></p><template><li id=t>Not there yet</li></template>"
        "<form><label for=a>A</label><input id=a list=l><datalist id=l><option value=x></option></datalist></form>"
        "<dl><div><dt>One</dt><dd>Two</dd></div></dl>"
        "<svg viewBox='0 0 1 1'><a href='/'><text>x</text></a><path d=''/></svg>"
        "<details><summary>More</summary><p>One<br>two</p></details><a href='/x'><div><h2>Three</h2></div></a>"
    )
    assert faults(PAGE.format(body)) == []
    assert faults("<p>One</p>") == ["line 1: no <!doctype html>"]
