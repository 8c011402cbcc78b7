"""How people come to the club: each at a browser of her own, at which nothing may go wrong."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from playwright.async_api import Browser, ViewportSize

from tests.browser.club import Club
from tests.browser.person import WIDE, Person

PATIENCE_S = 60  # ends what hangs; nothing is measured by it

Arrive = Callable[..., Awaitable[Person]]


@asynccontextmanager
async def arrivals(chromium: Browser, club: Club) -> AsyncIterator[Arrive]:
    """In the end nothing may have gone wrong at anybody's browser."""
    everybody: list[Person] = []
    async with AsyncExitStack() as stack:

        async def come(locale: str = "en-GB", size: ViewportSize | None = None, **options: Any) -> Person:
            context = await chromium.new_context(
                locale=locale,
                viewport=size or WIDE,
                reduced_motion="reduce",
                **{"service_workers": "block", **options},
            )
            stack.push_async_callback(context.close)
            context.set_default_timeout(PATIENCE_S * 1000)
            scripts = options.get("java_script_enabled", True)
            everybody.append(Person(club, context, await context.new_page(), scripts))
            return everybody[-1]

        yield come
        faults = [fault for person in everybody for fault in person.faults]
    assert faults == []
