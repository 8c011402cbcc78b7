"""Exchanges, cohorts and organisations for programs."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.communities import shapes
from ssc.communities.forms import ExchangeFilters, OrganisationFilters
from ssc.communities.groups.shapes import GroupInShort
from ssc.communities.queries import cohorts, exchanges, organisations
from ssc.communities.queries.fields import FieldGroup, groups_of_fields
from ssc.communities.queries.relations import Relation, chapters_of, relations
from ssc.communities.queries.rooms import room_of
from ssc.communities.rules import Tally
from ssc.core import errors
from ssc.core.db import Session
from ssc.directory.actions.counting import count_profiles
from ssc.people.viewer import Viewer
from ssc.programmes import models
from ssc.programmes.shapes import ExchangeInShort
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Exchanges"])


@router.get("/exchanges", response_model=Page[shapes.Exchange], responses=problems(401))
async def list_exchanges(
    request: Request,
    filters: Annotated[ExchangeFilters, Query()],
    part: Paging,
    viewer: Visitor,
    session: Transaction,
) -> Response:
    """The exchanges that took place, latest first. Public."""
    cut = await exchanges.exchanges(session, filters, part)
    tallies = await exchanges.tallies(session, viewer, [one.id for one in cut.rows])
    items = [_exchange(one, tallies[one.id]) for one in cut.rows]
    return _answer(request, viewer, Page[shapes.Exchange](items=items, next=cut.next))


@router.get("/exchanges/{code}", response_model=shapes.Exchange, responses=problems(401, 404, 429))
async def exchange(request: Request, code: str, viewer: Visitor, process: Running, session: Transaction) -> Response:
    """An exchange; for its own members also who is here and who is missing."""
    found = errors.found(await exchanges.exchange_of(session, code))
    tally = (await exchanges.tallies(session, viewer, [found.id]))[found.id]
    shown = _exchange(found, tally)
    if viewer is not None and cohorts.is_own(viewer, found):
        shown = await _with_cohort(process, session, viewer, found, shown)
    return _answer(request, viewer, shown)


@router.get("/exchanges/{code}/relations", response_model=shapes.Relations, responses=problems(401, 404))
async def relations_of(request: Request, code: str, viewer: Visitor, session: Transaction) -> Response:
    """What an exchange is near to: its people's chapters, exchanges with its host, senders or field, and, for members,
    the topic groups of its field; with what is going on there. Public."""
    found = errors.found(await exchanges.exchange_of(session, code))
    groups = await groups_of_fields(session, viewer, found.fields)
    shown = shapes.Relations(
        chapters=[shapes.Chapter(country=country, name=name) for country, name in chapters_of(found)],
        exchanges=[_related(one) for one in await relations(session, viewer, found)],
        groups=[_field_group(one) for one in groups],
    )
    return _answer(request, viewer, shown)


@router.get("/organisations", response_model=Page[shapes.Organisation], responses=problems(401))
async def list_organisations(
    request: Request,
    filters: Annotated[OrganisationFilters, Query()],
    part: Paging,
    viewer: Visitor,
    session: Transaction,
) -> Response:
    """Hosts and senders by name. Public; `people` leaves minors out."""
    cut = await organisations.organisations(session, filters, part)
    numbers = await organisations.figures(session, [row[0].id for row in cut.rows])
    items = [
        shapes.Organisation(
            id=one.id,
            name=one.name,
            names=[name.name for name in one.names],
            country=one.country,
            roles=[*(["host"] if hosted else []), *(["sending"] if sent else [])],
            exchanges=numbers[one.id][0],
            people=numbers[one.id][1],
        )
        for one, hosted, sent in cut.rows
    ]
    return _answer(request, viewer, Page[shapes.Organisation](items=items, next=cut.next))


def _exchange(one: models.Exchange, tally: Tally) -> shapes.Exchange:
    return shapes.Exchange(
        code=one.code,
        title=one.title,
        programme=one.programme,
        fiscal_year=one.fiscal_year,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        host=one.host.name if one.host else None,
        sending=[sender.name for sender in one.sending],
        countries=one.countries,
        fields=one.fields,
        participants=tally.all,
        here=tally.here,
        report_url=None,
    )


def _related(one: Relation) -> shapes.Related:
    story = shapes.RelatedStory(slug=one.story[0], title=one.story[1]) if one.story else None
    short = ExchangeInShort.of(one.exchange)
    return shapes.Related(**short.model_dump(), ties=list(one.ties), newcomers=list(one.newcomers), story=story)


def _field_group(one: FieldGroup) -> shapes.FieldGroup:
    seen, event = one.seen, one.event
    return shapes.FieldGroup(
        group=GroupInShort.of(seen.group, seen.members, seen.membership),
        opened_lately=one.opened_lately,
        latest=shapes.FieldTalk(id=one.latest[0], title=one.latest[1]) if one.latest else None,
        event=shapes.FieldEvent(slug=event.slug, title=event.title, starts_at=event.starts_at) if event else None,
    )


async def _with_cohort(
    process: Running, session: Session, viewer: Viewer, exchange: models.Exchange, shown: shapes.Exchange
) -> shapes.Exchange:
    found = await cohorts.cohort(session, viewer, exchange)
    await count_profiles(process, viewer, [mate.seen.id for mate in found.joined])
    room = await room_of(session, viewer, exchange.id)
    return shown.model_copy(
        update={
            **({"thread_id": str(room)} if room else {}),
            "joined": [mate.seen.member.in_short for mate in found.joined],
            "missing": [shapes.Missing(id=one.id, name=one.name) for one in found.missing],
        }
    )


def _answer(
    request: Request,
    viewer: Viewer | None,
    shown: Page[shapes.Exchange] | Page[shapes.Organisation] | shapes.Exchange | shapes.Relations,
) -> Response:
    content = shown.model_dump_json(exclude_unset=True).encode()
    return etags.answer(request, content, private=viewer is not None)
