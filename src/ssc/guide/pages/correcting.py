"""Correcting the guide: what there is, a page's text in one language, a programme's facts, and what stood before."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.guide import texts
from ssc.guide.access import Corrector, KnownProgramme
from ssc.guide.actions import correcting
from ssc.guide.entries import Entry
from ssc.guide.forms import FactsForm, TextBody
from ssc.guide.queries.editions import editions
from ssc.guide.queries.entries import FACTS, entries, waiting
from ssc.people.viewer import Viewer
from ssc.places.groups import GROUPS
from ssc.programmes import rules
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/guide"

Number = Annotated[int | None, Query(ge=0)]


@router.get(DESK)
async def overview(
    request: Request, viewer: Corrector, session: Transaction, done: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    found = await entries(session)
    return pages.render(
        request, "guide/desk.html", viewer, entries=found.values(), written=texts.languages(), done=done
    )


@router.get(DESK + "/{slug}/facts")
async def facts(
    request: Request, viewer: Corrector, entry: KnownProgramme, session: Transaction, edition: Number = None
) -> Response:
    return await _facts(request, viewer, session, entry, edition=edition)


@router.post(DESK + "/{slug}/facts")
async def correct_facts(request: Request, viewer: Corrector, entry: KnownProgramme, session: Transaction) -> Response:
    form = await forms.read(request, FactsForm)
    if form.data is not None:
        try:
            await correcting.correct_facts(session, entry, form.data.body(), by=viewer.id)
            return pages.see_other(f"{DESK}?done=saved")
        except Problem as refused:
            form.refuse(refused)
    return await _facts(request, viewer, session, entry, form)


@router.get(DESK + "/{slug}/{lang}")
async def text(
    request: Request, slug: str, lang: str, viewer: Corrector, session: Transaction, edition: Number = None
) -> Response:
    return await _text(request, viewer, session, slug, lang, edition=edition)


@router.post(DESK + "/{slug}/{lang}")
async def correct_text(request: Request, slug: str, lang: str, viewer: Corrector, session: Transaction) -> Response:
    form = await forms.read(request, TextBody)
    if form.data is not None:
        try:
            await correcting.correct_text(session, slug, lang, form.data, by=viewer.id)
            return pages.see_other(f"{DESK}?done=saved")
        except Problem as refused:
            if refused.kind is errors.NOT_FOUND:
                raise
            form.refuse(refused)
    return await _text(request, viewer, session, slug, lang, form)


async def _text(
    request: Request,
    viewer: Viewer,
    session: Session,
    slug: str,
    lang: str,
    form: Form[Any] | None = None,
    edition: int | None = None,
) -> Response:
    """As it stands, or as it stood in an edition: saving makes that the latest."""
    if slug not in texts.slugs() or lang not in texts.languages():
        raise errors.not_found()
    history = await editions(session, slug, lang)
    held = {one.number: one.content for one, _name in history}
    latest = max(held, default=0)
    shown = held.get(edition if edition is not None else latest) or texts.released(slug, lang)._asdict()
    return pages.render(
        request,
        "guide/desk_text.html",
        viewer,
        status=422 if form else 200,
        slug=slug,
        called=(await entries(session))[slug].name,
        lang=lang,
        form=form or forms.blank(number=latest, **shown),
        history=history,
        latest=latest,
    )


async def _facts(
    request: Request,
    viewer: Viewer,
    session: Session,
    entry: Entry,
    form: Form[Any] | None = None,
    edition: int | None = None,
) -> Response:
    history = await editions(session, entry.slug, FACTS)
    held = {one.number: one.content for one, _name in history}
    latest = max(held, default=0)
    shown = held.get(edition) if edition else None
    return pages.render(
        request,
        "guide/desk_facts.html",
        viewer,
        status=422 if form else 200,
        entry=entry,
        form=form or forms.blank(number=latest, **_flat(shown or _facts_of(entry))),
        history=history,
        latest=latest,
        waiting=await waiting(session, entry.slug),
        statuses=[(code, said()) for code, said in rules.STATUSES.items()],
        groups=[(name, said()) for name, (said, _codes) in GROUPS.items()],
    )


def _facts_of(entry: Entry) -> dict[str, Any]:
    course = entry.course
    assert course is not None  # asked only of programmes
    return {**asdict(course), "conditions": course.conditions.model_dump(), "call": asdict(course.call)}


def _flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    flat = {**facts, **facts["conditions"], **facts["call"]}
    return flat | {name: " ".join(flat[name]) for name in ("countries", "institutions")}
