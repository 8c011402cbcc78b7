"""Likely duplicates by the API: listed for staff, and decided."""

from typing import Annotated

from fastapi import Query

from ssc.accounts.loaders import Staff
from ssc.roster.duplicates import actions, queries
from ssc.roster.duplicates.access import KnownDuplicate
from ssc.roster.duplicates.rules import position
from ssc.roster.duplicates.shapes import DecisionBody, DuplicateShape
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction

router = api.router(tags=["The desk"])


@router.get("/duplicates", responses=api.problems(401, 403, 422), summary="Likely duplicates")
async def duplicates(
    viewer: Staff,
    session: Transaction,
    part: Paging,
    decided: Annotated[bool, Query(description="The decided instead, latest first.")] = False,
) -> Page[DuplicateShape]:
    """Those that wait for a decision, the most alike first."""
    cut = part.cut(await queries.duplicates(session, part, decided=decided), position)
    return Page(items=[DuplicateShape.of(case) for case in await queries.cases_of(session, cut.rows)], next=cut.next)


@router.post(
    "/duplicates/{identity}/decision",
    responses=api.problems(401, 403, 404, 409, 422),
    summary="Decide a likely duplicate",
)
async def decide(duplicate: KnownDuplicate, body: DecisionBody, viewer: Staff, session: Transaction) -> DuplicateShape:
    """`same` merges, `different` keeps apart. Against an earlier decision it splits or merges again; what moved
    moves back. 409 `both-have-accounts` where two people signed in, 409 while an import runs."""
    await actions.decide(session, duplicate, same=body.same, by=viewer.id)
    (case,) = await queries.cases_of(session, [duplicate])
    return DuplicateShape.of(case)
