"""The desk's pages of the mail magazine: compose, look, count, try, send, see what became of it."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _, ngettext
from ssc.news import queries as news
from ssc.news.forms import NewsFilters
from ssc.news.newsletters import actions, composer, queries, rules
from ssc.news.newsletters.access import KnownIssue
from ssc.news.newsletters.composing import mailing_of
from ssc.news.newsletters.forms import NewsletterBody
from ssc.news.newsletters.models import Newsletter
from ssc.news.schedule import Schedule
from ssc.notifications import queries as notifications
from ssc.people.viewer import Viewer
from ssc.places import countries, languages
from ssc.programmes import catalogue
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction
from ssc.writing.access import Editor
from ssc.writing.forms import Lang

router = APIRouter(include_in_schema=False)

DESK = "/desk/newsletters"
Added = Annotated[list[Lang], Query(default_factory=list)]


@router.get(DESK)
async def overview(request: Request, viewer: Editor, session: Transaction, part: Paging) -> Response:
    cut = await queries.issues(session, part)
    rows = [(one, await _report(session, one)) for one in cut.rows]
    return pages.render(
        request,
        "news/newsletters/list.html",
        viewer,
        rows=[(one, report, _state(one, report)) for one, report in rows],
        next_href=f"{DESK}?cursor={cut.next}" if cut.next else "",
    )


@router.get(DESK + "/new")
async def begin(request: Request, viewer: Editor, session: Transaction, add: Added) -> Response:
    return await _composer(request, viewer, session, None, forms.blank(), added=add)


@router.post(DESK + "/new")
async def compose(request: Request, viewer: Editor, session: Transaction) -> Response:
    form = composer.read(await forms.submission(request))
    if form.data is not None:
        try:
            return pages.see_other(f"{DESK}/{(await actions.compose(session, viewer, form.data)).id}")
        except Problem as problem:
            form.refuse(problem)
    return await _composer(request, viewer, session, None, form)


@router.get(DESK + "/{identity}")
async def issue(
    issue: KnownIssue,
    request: Request,
    viewer: Editor,
    session: Transaction,
    add: Added,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    form = composer.filled(issue, await _slugs(session, issue))
    return await _composer(request, viewer, session, issue, form, added=add, done=done)


@router.post(DESK + "/{identity}")
async def revise(issue: KnownIssue, request: Request, viewer: Editor, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    form = composer.read(submitted)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.revise(session, issue.id, form.data, str(submitted.get("rev", "")) or None)
            return pages.see_other(f"{DESK}/{issue.id}?done=saved")
        except Problem as problem:
            form.refuse(problem)
    return await _composer(request, viewer, session, await _anew(session, issue), form)


@router.post(DESK + "/{identity}/test")
async def try_out(issue: KnownIssue, request: Request, viewer: Editor, session: Transaction) -> Response:
    return await _done(request, viewer, session, issue, "tried", actions.try_out(session, viewer, issue))


@router.post(DESK + "/{identity}/send")
async def send(issue: KnownIssue, request: Request, viewer: Editor, session: Transaction) -> Response:
    form = await forms.read(request, Schedule)
    if form.data is None:
        return await _refused(request, viewer, session, issue, form.errors)
    sending = actions.send(session, viewer, issue.id, form.data.instant)
    return await _done(request, viewer, session, issue, "sent", sending)


@router.post(DESK + "/{identity}/stop")
async def stop(issue: KnownIssue, request: Request, viewer: Editor, session: Transaction) -> Response:
    return await _done(request, viewer, session, issue, "stopped", actions.stop(session, viewer, issue.id))


@router.post(DESK + "/{identity}/discard")
async def discard(issue: KnownIssue, session: Transaction) -> Response:
    await actions.discard(session, issue.id)
    return pages.see_other(DESK)


async def _done(request: Request, viewer: Viewer, session: Session, issue: Newsletter, done: str, act: Any) -> Response:
    try:
        async with session.begin_nested():
            await act
    except Problem as problem:
        return await _refused(request, viewer, session, issue, Form[NewsletterBody]().refuse(problem).errors)
    return pages.see_other(f"{DESK}/{issue.id}?done={done}")


async def _refused(
    request: Request, viewer: Viewer, session: Session, issue: Newsletter, errors: dict[str, str]
) -> Response:
    issue = await _anew(session, issue)
    form = composer.filled(issue, await _slugs(session, issue))
    form.errors = {"": next(iter(errors.values()))}
    return await _composer(request, viewer, session, issue, form)


async def _anew(session: Session, issue: Newsletter) -> Newsletter:
    return await queries.issue(session, issue.id) or issue


async def _composer(
    request: Request,
    viewer: Viewer,
    session: Session,
    issue: Newsletter | None,
    form: Form[NewsletterBody],
    *,
    added: list[str] | None = None,
    done: str = "",
) -> Response:
    report = await _report(session, issue) if issue else None
    count = await queries.count(session, issue) if issue and issue.queued_at is None else {}
    return pages.render(
        request,
        "news/newsletters/issue.html",
        viewer,
        status=422 if form.errors else 200,
        issue=issue,
        state=_state(issue, report) if issue else rules.STATE_NAMES["draft"](),
        can_change=issue is None or rules.can_change(issue),
        form=form,
        langs=composer.languages(issue, added or ()),
        choices=await _items(session, issue),
        audience=_audience(),
        count=count,
        report=report,
        editions=(await mailing_of(session, issue)).editions if issue else {},
        done=_DONE.get(done, lambda: "")(),
        default_at=f"{clock.now().astimezone(clock.JAPAN):%Y-%m-%dT%H:%M}",
        action=f"{DESK}/{issue.id}" if issue else f"{DESK}/new",
        warning=ngettext("It goes to {n} person.", "It goes to {n} people.", sum(count.values())),
    )


_DONE = {
    "saved": lambda: _("The issue is saved. Nothing has been sent."),
    "tried": lambda: _("A letter in each language is on its way to you alone."),
    "sent": lambda: _("The issue leaves at its time."),
    "stopped": lambda: _("It is stopped: what has not left does not leave."),
}


def _audience() -> dict[str, Sequence[tuple[str, str]]]:
    known = ("en", "ja", "zh", "vi", "th", "id", "hi", "es", "fr", "pt")
    return {
        "languages": [(tag, languages.name(tag)) for tag in known],
        "countries": list(countries.choices()),
        "programmes": [(code, programme.short()) for code, programme in catalogue.PROGRAMMES.items()],
    }


async def _items(session: Session, issue: Newsletter | None) -> list[tuple[str, str]]:
    """What may be chosen: what the issue has, then the latest."""
    chosen = await news.in_all_languages(session, issue.items) if issue else {}
    first = [chosen[identity][0] for identity in (issue.items if issue else []) if identity in chosen]
    latest = await news.latest(session, NewsFilters(), 30, prefer="en")
    shown = {one.item.original: one for one in [*first, *latest]}
    return [(one.item.slug, one.item.writing.title) for one in shown.values()]


async def _slugs(session: Session, issue: Newsletter) -> list[str]:
    told = await news.in_all_languages(session, issue.items)
    return [told[identity][0].item.slug for identity in issue.items if identity in told]


async def _report(session: Session, issue: Newsletter) -> Any:
    return await notifications.report_of(session, issue.id) if issue.queued_at else None


def _state(issue: Newsletter, report: Any) -> str:
    return rules.STATE_NAMES[rules.state_of(issue, report.waiting if report else 0)]()
