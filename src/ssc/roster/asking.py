"""Asking from outside, to join or to come back: how often one may, and the page that asks where one took part."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import Request
from starlette.responses import Response

from ssc.accounts import addresses
from ssc.core import clock
from ssc.core.limits import Limit
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes import catalogue
from ssc.web import forms, pages
from ssc.web.api import Body
from ssc.web.forms import Form
from ssc.web.guard import network_of

FIRST_YEAR = 2014

B = TypeVar("B", bound=Body)


async def count(request: Request, process: Process, email: str, *, by_network: Limit, by_address: Limit) -> None:
    """Before a request: 429 after too many, alike for known and unknown addresses."""
    await process.limits.take(by_network, network_of(request.state.address))
    await process.limits.take(by_address, addresses.key_of(email))


def page(request: Request, viewer: Viewer | None, topic: str, form: Form[Any]) -> Response:
    """The page of `roster/<topic>` with its form, and what is wrong in it."""
    latest = clock.fiscal_year(clock.today_in_japan())
    return pages.render(
        request,
        f"roster/{topic}/page.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        countries=countries.choices(),
        programmes=[(code, catalogue.name(code)) for code in catalogue.PROGRAMMES],
        years=[(year, str(year)) for year in range(latest, FIRST_YEAR - 1, -1)],
    )


async def answer(
    request: Request, viewer: Viewer | None, topic: str, asked: type[B], act: Callable[[B], Awaitable[object]]
) -> Response:
    """Reads the form and acts on it, or shows it again; what the answer says is the same whoever asks."""
    form = await forms.read(request, asked)
    if form.data is None:
        return page(request, viewer, topic, form)
    await act(form.data)
    return pages.render(request, f"roster/{topic}/asked.html", viewer, status=202)
