"""The mail magazine for programs: editors compose, try, count, send, stop, and see what became of it."""

from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from ssc.core.db import Session
from ssc.news import queries as news
from ssc.news.newsletters import actions, queries
from ssc.news.newsletters.access import KnownIssue
from ssc.news.newsletters.forms import NewsletterBody, SendBody
from ssc.news.newsletters.models import Newsletter
from ssc.news.newsletters.shapes import CountShape, NewsletterShape
from ssc.notifications import queries as notifications
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction
from ssc.writing import rules
from ssc.writing.access import Editor

router = api.router(tags=["Mail magazine"])

IfMatch = Annotated[str | None, Header(description="The `ETag` that the issue had when it was read.")]


class Tried(BaseModel):
    letters: int


@router.get("/newsletters", response_model_exclude_unset=True, responses=problems(401, 403, 422))
async def list_newsletters(viewer: Editor, session: Transaction, part: Paging) -> Page[NewsletterShape]:
    """The issues of the mail magazine, latest first, with what became of their letters."""
    cut = await queries.issues(session, part)
    return Page(items=[await _shape(session, one) for one in cut.rows], next=cut.next)


@router.post("/newsletters", status_code=201, response_model_exclude_unset=True, responses=problems(401, 403, 422))
async def compose(body: NewsletterBody, viewer: Editor, session: Transaction, answer: Response) -> NewsletterShape:
    """A draft, with how many would get it at this moment."""
    return await _shown(session, await actions.compose(session, viewer, body), answer)


@router.get("/newsletters/{identity}", response_model_exclude_unset=True, responses=problems(401, 403, 404))
async def newsletter(issue: KnownIssue, session: Transaction, answer: Response) -> NewsletterShape:
    """An issue; until its letters are written with how many would get it."""
    return await _shown(session, issue, answer)


@router.put("/newsletters/{identity}", response_model_exclude_unset=True, responses=problems(401, 403, 404, 409, 422))
async def revise(
    issue: KnownIssue, body: NewsletterBody, session: Transaction, answer: Response, if_match: IfMatch = None
) -> NewsletterShape:
    """All of it anew, also while it is scheduled; 409 once its letters are written."""
    return await _shown(session, await actions.revise(session, issue.id, body, if_match), answer)


@router.delete("/newsletters/{identity}", status_code=204, responses=problems(401, 403, 404, 409))
async def discard(issue: KnownIssue, session: Transaction) -> None:
    """A draft that is not wanted."""
    await actions.discard(session, issue.id)


@router.get("/newsletters/{identity}/count", responses=problems(401, 403, 404))
async def count(issue: KnownIssue, session: Transaction) -> CountShape:
    """How many would get it: members of its audience who want it and can be reached. Nobody under 18."""
    found = await queries.count(session, issue)
    return CountShape(readers=sum(found.values()), by_language=found)


@router.post("/newsletters/{identity}/test", status_code=202, responses=problems(401, 403, 404, 409))
async def try_out(issue: KnownIssue, viewer: Editor, session: Transaction) -> Tried:
    """Each of its languages to the caller alone."""
    return Tried(letters=await actions.try_out(session, viewer, issue))


@router.post(
    "/newsletters/{identity}/send",
    response_model_exclude_unset=True,
    responses=problems(401, 403, 404, 409, 422),
)
async def send(
    issue: KnownIssue, viewer: Editor, session: Transaction, answer: Response, body: SendBody | None = None
) -> NewsletterShape:
    """Now, or at an instant to come. Its readers are found at that moment; nobody gets it twice, whatever is killed."""
    at = body.at if body else None
    return await _shown(session, await actions.send(session, viewer, issue.id, at), answer)


@router.post("/newsletters/{identity}/stop", response_model_exclude_unset=True, responses=problems(401, 403, 404, 409))
async def stop(issue: KnownIssue, viewer: Editor, session: Transaction, answer: Response) -> NewsletterShape:
    """Ends its schedule; of what is leaving, the rest does not leave."""
    return await _shown(session, await actions.stop(session, viewer, issue.id), answer)


async def _shown(session: Session, issue: Newsletter, answer: Response) -> NewsletterShape:
    answer.headers["ETag"] = rules.tag(issue.rev, str(issue.id).encode())
    return await _shape(session, issue, counted=issue.queued_at is None)


async def _shape(session: Session, issue: Newsletter, *, counted: bool = False) -> NewsletterShape:
    told = await news.in_all_languages(session, issue.items)
    slugs = [told[identity][0].item.slug for identity in issue.items if told.get(identity)]
    report = await notifications.report_of(session, issue.id) if issue.queued_at else None
    return NewsletterShape.of(issue, slugs, report, await queries.count(session, issue) if counted else None)
