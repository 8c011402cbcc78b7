"""Writing an item: its page with autosave and a look at it, who else is at it, and what to do when two were."""

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from ssc.accounts.loaders import SignedIn
from ssc.core import clock, i18n, text
from ssc.core.db import Session
from ssc.core.errors import Problem, forbidden
from ssc.core.i18n import _, ngettext
from ssc.news import actions, articles, queries, rules
from ssc.news.access import Changeable
from ssc.news.forms import ChangeBody, EditForm, NewForm, NewsBody
from ssc.news.limiting import ITEMS
from ssc.news.models import NewsItem
from ssc.news.told import Told
from ssc.people.viewer import Viewer
from ssc.places import countries, languages
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction
from ssc.writing import actions as writing
from ssc.writing import queries as texts
from ssc.writing.rules import EDITED_MEANWHILE, differences, is_editor

router = APIRouter(include_in_schema=False)

_REV = re.compile(r'"?r?([0-9]{1,9})"?')
_DONE = {
    "saved": lambda: _("It is saved."),
    "asked": lambda: _("It waits for approval."),
    "published": lambda: _("It is published, or will be at its time."),
    "withdrawn": lambda: _("It is no longer public."),
    "returned": lambda: _("It is given back with your note."),
    "picture": lambda: _("The picture is there: put its line into the text."),
    "ended": lambda: _("The links to look before the time are ended."),
}


Slug = Annotated[str, text.ONE_LINE, Query(max_length=100)]


@router.get("/news/new")
async def blank(
    request: Request,
    viewer: SignedIn,
    session: Transaction,
    translation_of: Slug = "",
) -> Response:
    other = await queries.told(session, viewer, translation_of) if translation_of else None
    known: dict[str, Any] = {"lang": i18n.language(), "kind": "news" if is_editor(viewer) else "opportunity"}
    if other is not None:
        known |= {"translation_of": other.item.slug, "kind": other.item.kind, "countries": other.item.countries}
        known |= {"closes_on": other.item.closes_on, "pinned": other.item.pinned, "lang": ""}
    return await _new(request, viewer, session, forms.blank(**known), other)


@router.post("/news/new")
async def write(request: Request, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    form = await forms.read(request, NewForm)
    if form.data is not None:
        try:
            await process.limits.take(ITEMS, str(viewer.id))
            body = NewsBody.model_validate(
                {**form.data.model_dump(), "translation_of": form.data.translation_of or None}
            )
            made = await actions.write(session, viewer, body)
            return pages.see_other(f"/news/{made.item.slug}/edit")
        except ValueError:
            form.errors["closes_on"] = _("Only an opportunity has a closing date.")
        except Problem as problem:
            if problem.kind.status == 429:
                raise
            form.refuse(problem)
    return await _new(request, viewer, session, form, None)


@router.get("/news/{slug}/edit")
async def edit(
    told: Changeable,
    request: Request,
    viewer: SignedIn,
    session: Transaction,
    done: Annotated[str, Query(max_length=20)] = "",
    link: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    typed = await texts.typed_by(session, told.item.writing_id, viewer.id)
    form = saved(told) if typed is None else Form[EditForm](values={**(typed.typed or {}), "rev": _tag(typed.rev)})
    await writing.be_seen(session, told.item.writing, viewer.id)
    return await page(request, viewer, session, told, form, typed=typed, done=_DONE.get(done, lambda: "")(), link=link)


@router.post("/news/{slug}/edit")
async def save(told: Changeable, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    form = await forms.read(request, EditForm)
    form.values["rev"] = str(submitted.get("rev", ""))
    if submitted.get("act") == "look" or form.data is None:
        return await page(request, viewer, session, told, form, look=submitted.get("act") == "look")
    try:
        async with session.begin_nested():
            body = ChangeBody.model_validate(form.data.model_dump())
            await actions.change(session, viewer, told, body, form.values["rev"] or None)
    except Problem as problem:
        return await _unsaved(request, viewer, session, told, form, problem)
    return pages.see_other(f"/news/{told.item.slug}/edit?done=saved")


@router.post("/news/{slug}/typed")
async def keep_typed(told: Changeable, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    """What a script keeps while she types; answers in words who else is at it, and whether somebody saved meanwhile."""
    submitted = await forms.submission(request)
    text = told.item.writing
    found = _REV.fullmatch(str(submitted.get("rev", "")))
    rev = int(found[1]) if found else None
    if submitted.get("act") == "seen" or rev is None:
        await writing.be_seen(session, text, viewer.id)
    else:
        values = (await forms.read(request, EditForm)).values
        await writing.keep_typed(session, text.id, viewer.id, values, rev)
    return Response(json.dumps(await _status(session, told, viewer, rev)), media_type="application/json")


@router.post("/news/{slug}/typed/drop")
async def drop_typed(told: Changeable, viewer: SignedIn, session: Transaction) -> Response:
    await writing.drop_typed(session, told.item.writing_id, viewer.id)
    return pages.see_other(f"/news/{told.item.slug}/edit")


@router.post("/news/{slug}/look")
async def look(told: Changeable, request: Request, session: Transaction) -> Response:
    """The text as it would read, for the script that shows it beside."""
    body = str((await forms.submission(request)).get("body", ""))[:50_000]
    return HTMLResponse(await articles.html_of(session, told.item, body=body), headers={"Cache-Control": "no-store"})


def saved(told: Told) -> Form[EditForm]:
    """The form as the item stands."""
    item, text = told.item, told.item.writing
    of_item = {name: getattr(item, name) for name in ("kind", "countries", "pinned", "closes_on", "author_name")}
    of_text = {name: getattr(text, name) for name in ("title", "body", "lang", "summary")}
    return Form[EditForm](values={**of_item, **of_text, "rev": _tag(text.rev)})


def words_for_picture() -> str:
    return _("Choose a picture, and say in words what it shows, for who cannot see it.")


async def page(
    request: Request,
    viewer: Viewer,
    session: Session,
    told: Told,
    form: Form[Any],
    *,
    typed: Any = None,
    theirs: Any = None,
    look: bool = False,
    done: str = "",
    link: str = "",
    wrong: str = "",
    status: int = 200,
) -> Response:
    """The item's page for who writes it. `theirs`: what another saved meanwhile, beside what she typed."""
    item = told.item
    body = str(form.value("body") or "")
    family = await queries.family(session, item)
    return pages.render(
        request,
        "news/edit.html",
        viewer,
        status=422 if form.errors or wrong else status,
        told=told,
        item=item,
        text=item.writing,
        form=form,
        typed=typed,
        theirs=theirs,
        changes=differences(theirs.body, body) if theirs else [],
        shown=await articles.html_of(session, item, body=body) if body else "",
        looking=look,
        also=await texts.also_editing(session, item.writing_id, viewer.id),
        family=[one for one in family if one.item.id != item.id],
        pictures=await texts.pictures_of(session, [one.item.writing_id for one in family]),
        state=rules.STATE_NAMES[told.state](),
        is_editor=is_editor(viewer),
        may_approve=told.publication is not None and rules.can_approve(viewer, told.publication),
        needs_second=(await queries.kind_rules(session))[item.kind],
        now_in_japan=f"{clock.now().astimezone(clock.JAPAN):%Y-%m-%dT%H:%M}",
        link=f"{session.settings.base_url}/news-preview/{link}" if link else "",
        done=done,
        wrong=wrong,
        **_choices(viewer, item),
    )


async def _unsaved(
    request: Request, viewer: Viewer, session: Session, told: Told, form: Form[Any], problem: Problem
) -> Response:
    """Nothing of hers is lost: her text stays in the form, the other's stands beside; saving again is on purpose."""
    await session.refresh(told.item.writing)
    if problem.kind is not EDITED_MEANWHILE:
        return await page(request, viewer, session, told, form.refuse(problem))
    form.values["rev"] = _tag(told.item.writing.rev)
    return await page(request, viewer, session, told, form, theirs=told.item.writing, status=409)


async def _status(session: Session, told: Told, viewer: Viewer, rev: int | None) -> dict[str, str]:
    also = await texts.also_editing(session, told.item.writing_id, viewer.id)
    stale = rev is not None and rev != told.item.writing.rev
    at = f"{clock.now().astimezone(clock.JAPAN):%H:%M}"
    return {
        "also": ngettext("{names} is also at it.", "{names} are also at it.", len(also), names=", ".join(also))
        if also
        else "",
        "kept": _("What you typed is kept for you since {time} (Japan); others see it once you save.", time=at),
        "stale": _("Somebody saved another text meanwhile. When you save, you see both.") if stale else "",
    }


async def _new(request: Request, viewer: Viewer, session: Session, form: Form[Any], other: Told | None) -> Response:
    if not rules.can_write(viewer, "opportunity"):
        raise forbidden(_("Opportunities are handed in by grown members."))
    return pages.render(
        request,
        "news/new.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        other=other,
        own=await queries.of_author(session, viewer),
        states={state: name() for state, name in rules.STATE_NAMES.items()},
        is_editor=is_editor(viewer),
        **_choices(viewer),
    )


def _choices(viewer: Viewer, item: NewsItem | None = None) -> dict[str, Any]:
    """Also what the item is by now, where she could not choose it."""
    kinds = [kind for kind in rules.KINDS if (item and kind == item.kind) or rules.can_write(viewer, kind)]
    return {
        "kinds": [(kind, rules.KIND_NAMES[kind]()) for kind in kinds],
        "countries": countries.choices(),
        "langs": languages.choices(*[item.writing.lang] if item else []),
    }


def _tag(rev: int) -> str:
    return f'"r{rev}"'
