"""The guide for programs: programmes, and which of them is for whom. Public."""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import errors
from ssc.guide import shapes
from ssc.guide.forms import Question
from ssc.guide.queries import finder
from ssc.guide.queries.entries import courses, entries
from ssc.guide.queries.live import live
from ssc.programmes.figures import PUBLISHED
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Programmes"])

NOT_PROGRAMMES = ("about",)


@router.get("/programmes", response_model=shapes.Programmes, responses=problems(401))
async def list_programmes(request: Request, viewer: Visitor, session: Transaction) -> Response:
    """The programmes and courses, each with its rules, how one takes part, and where that is written."""
    items = [shapes.Programme.of(entry) for entry in (await courses(session)).values()]
    return _answer(request, shapes.Programmes(items=items), private=viewer is not None)


@router.get("/programmes/finder", response_model=shapes.Findings, responses=problems(401, 422))
async def find(
    request: Request, asked: Annotated[Question, Query()], viewer: Visitor, session: Transaction
) -> Response:
    """Every programme with its verdict and the reason of every rule, for what somebody says of herself.

    A verdict is `not` if a rule is false, else `ask` if one is null, else `eligible`. Nothing is stored.
    """
    found = shapes.Findings(items=[shapes.Found.of(one) for one in await finder.find(session, asked)])
    return _answer(request, found, private=viewer is not None)


@router.get("/programmes/{slug}", response_model=shapes.Programme, responses=problems(401, 404))
async def programme(request: Request, slug: str, viewer: Visitor, session: Transaction) -> Response:
    """A programme; or a page about several: `ssp`, `nexus`, `forums`, which have no rules of their own."""
    entry = (await entries(session)).get(slug)
    if entry is None or slug in NOT_PROGRAMMES:
        raise errors.not_found()
    return _answer(request, shapes.Programme.of(entry), private=viewer is not None)


@router.get("/figures", response_model=shapes.Figures, responses=problems(401))
async def figures(request: Request, viewer: Visitor, session: Transaction) -> Response:
    """The published numbers, each with its date and source, and the club's own of this moment."""
    return _answer(request, shapes.Figures.of(PUBLISHED, await live(session)), private=viewer is not None)


def _answer(request: Request, shown: BaseModel, *, private: bool) -> Response:
    return etags.answer(request, shown.model_dump_json().encode(), private=private)
