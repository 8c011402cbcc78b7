"""Whatever address is asked for, with whatever query: it is answered or refused, and nothing breaks. Case 59."""

import httpx
import pytest

from tests.abuse import attack
from tests.cast import Cast

pytestmark = pytest.mark.long


async def test_no_query_of_any_route_breaks_it(cast: Cast) -> None:
    """Case 59: each parameter in turn with what can be written, all at once with what no text can be."""
    staff = await cast.staff()
    broken = []
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            names = attack.query_names(route) if method == "GET" else []
            queries = [str(httpx.QueryParams(dict.fromkeys(names, text))) for text in attack.TEXTS if names]
            queries += ["&".join(f"{name}={raw}" for name in names) for raw in attack.RAW if names]
            queries += [str(httpx.QueryParams({name: text})) for name in names for text in attack.TELLING_TEXTS]
            for query in queries:
                answer = await browser.get(f"{attack.filled(route.path)}?{query}")
                if answer.status_code >= 500:
                    broken.append((route.path, query[:80]))
    assert broken == []


async def test_no_path_of_any_route_breaks_it(cast: Cast) -> None:
    staff = await cast.staff()
    broken = []
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            for value in (*attack.RAW_PATHS, "x" * 3000) if "{" in route.path else ():
                answer = await browser.request(method, attack.filled(route.path, value))
                if answer.status_code >= 500:
                    broken.append((method, route.path, value[:60]))
    assert broken == []
