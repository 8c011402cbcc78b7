"""Pages: the exchanges that took place, and a cohort."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.communities.albums.files import addresses_of
from ssc.communities.albums.queries import glance
from ssc.communities.forms import ExchangeFilters
from ssc.communities.groups.rules import may_propose
from ssc.communities.hosting import queries as hosting
from ssc.communities.notices import subject_of
from ssc.communities.queries import cohorts, exchanges
from ssc.communities.queries.fields import groups_of_fields
from ssc.communities.queries.relations import chapters_of, relations
from ssc.communities.queries.rooms import room_of
from ssc.core import clock, errors
from ssc.core.i18n import _
from ssc.directory.actions.counting import count_profiles
from ssc.notifications import actions as notifications
from ssc.places import countries
from ssc.programmes import catalogue
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_FIRST_YEAR = 2014


@router.get("/exchanges")
async def list_exchanges(
    request: Request,
    filters: Annotated[ExchangeFilters, Query()],
    part: Paging,
    viewer: Visitor,
    session: Transaction,
) -> Response:
    cut = await exchanges.exchanges(session, filters, part)
    return pages.render(
        request,
        "communities/exchanges.html",
        viewer,
        form=forms.blank(**filters.model_dump()),
        filtered=bool(filters.model_dump(exclude_defaults=True)),
        exchanges=cut.rows,
        counts_adults=exchanges.counts_adults,
        tallies=await exchanges.tallies(session, viewer, [one.id for one in cut.rows]),
        next_href=_address(filters, cursor=cut.next) if cut.next else "",
        first_href=_address(filters) if part.after else "",
        **_choices(),
    )


@router.get("/exchanges/{code}")
async def exchange(request: Request, code: str, viewer: Visitor, process: Running, session: Transaction) -> Response:
    found = errors.found(await exchanges.exchange_of(session, code))
    cohort = room = album = None
    looks_after = viewer is not None and await hosting.looks_after(session, viewer, found.id)
    if viewer is not None and cohorts.is_own(viewer, found):
        cohort = await cohorts.cohort(session, viewer, found)
        await count_profiles(process, viewer, [mate.seen.id for mate in cohort.joined])
        viewer = await notifications.seen(session, viewer, subject_of(found))
        room = await room_of(session, viewer, found.id)
        album = await glance(session, found.id)
    tally = (await exchanges.tallies(session, viewer, [found.id]))[found.id]
    return pages.render(
        request,
        "communities/exchange.html",
        viewer,
        exchange=found,
        cohort=cohort,
        room=room,
        looks_after=looks_after,
        album=album,
        addresses=addresses_of,
        participants=tally.all,
        adults=exchanges.counts_adults(viewer, found),
        here=tally.here,
        relations=await relations(session, viewer, found),
        groups=await groups_of_fields(session, viewer, found.fields),
        may_propose=viewer is not None and may_propose(viewer),
        chapters=chapters_of(found),
    )


def _choices() -> dict[str, Any]:
    this_year = clock.fiscal_year(clock.today_in_japan())
    return {
        "programmes": [(code, programme.short()) for code, programme in catalogue.PROGRAMMES.items()],
        "years": [(year, _("Fiscal year {year}", year=year)) for year in range(this_year, _FIRST_YEAR - 1, -1)],
        "countries": countries.choices(),
    }


def _address(filters: ExchangeFilters, **more: str) -> str:
    query = {**{name: str(value) for name, value in filters.model_dump(exclude_defaults=True).items()}, **more}
    return "/exchanges" + (f"?{urlencode(query)}" if query else "")
