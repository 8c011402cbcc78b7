"""Headers as no browser sends them, to whichever call or page: refused or ignored, nothing breaks. Case 60, 61."""

import pytest

from tests.abuse import attack
from tests.cast import Cast

pytestmark = pytest.mark.long

ODD_HEADERS = (
    {"range": "bytes=5-1,0-,-9999999999999999999999", "accept-encoding": "identity;q=0, *;q=0"},
    {"accept": "text/html;q=nan, */*;q=-1", "if-none-match": '"' * 99, "accept-language": "x" * 9000},
    {"accept": "\xff\xfe", "if-none-match": "W/", "if-modified-since": "Thu, 99 Foo 99999999 25:61:61 GMT"},
    {"content-type": "application/json; charset=utf-16", "content-length": "0", "if-range": "x"},
    {"content-type": "multipart/form-data", "transfer-encoding": "x", "cookie": "ssc_session=\xff; ssc_language=../.."},
    {"x-forwarded-for": "::1, \x00, " + "1," * 900, "user-agent": "\xff" * 4000, "referer": "http://["},
)


@pytest.mark.parametrize("headers", ODD_HEADERS, ids=range(len(ODD_HEADERS)))
async def test_no_odd_header_breaks_any_route(cast: Cast, headers: dict[str, str]) -> None:
    """Case 60, 61: every route, and whatever is answered in error has its form and tells nothing of the inside."""
    member = await cast.member("Mali Member")
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    async with await cast.browser(member) as browser:
        for method, route in attack.routes():
            answer = await browser.request(method, attack.filled(route.path), headers=sent)
            assert answer.status_code < 500, (method, route.path)
            if answer.status_code >= 400:
                kind = "application/problem+json" if route.path.startswith("/api/") else "text/html; charset=utf-8"
                assert answer.headers["content-type"] == kind, (method, route.path)
                assert "Traceback" not in answer.text
