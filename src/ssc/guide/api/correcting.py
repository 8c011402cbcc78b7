"""Correcting the guide, for programs of editors."""

from fastapi import APIRouter

from ssc.core import errors
from ssc.guide import texts
from ssc.guide.access import Corrector, KnownLanguage, KnownPage, KnownProgramme
from ssc.guide.actions import correcting
from ssc.guide.forms import FactsBody, TextBody
from ssc.guide.models import GuideEdition
from ssc.guide.queries.editions import editions
from ssc.guide.queries.entries import FACTS
from ssc.guide.shapes import Edition
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page
from ssc.web.transactions import Transaction

router: APIRouter = api.router(tags=["Programmes"])

_WRITING = problems(401, 403, 404, 409, 422)


@router.get("/programmes/{slug}/editions/{part}", responses=problems(401, 403, 404))
async def list_editions(slug: str, part: str, viewer: Corrector, session: Transaction) -> Page[Edition]:
    """What editors wrote: of a page's text in a language (`en`, `ja`), or of its `facts`; the latest first."""
    if slug not in texts.slugs() or part not in ("facts", *texts.languages()):
        raise errors.not_found()
    rows = await editions(session, slug, FACTS if part == "facts" else part)
    return Page(items=[_shape(edition, name) for edition, name in rows], next=None)


@router.put("/programmes/{slug}/texts/{lang}", responses=_WRITING)
async def correct_text(
    viewer: Corrector, slug: KnownPage, lang: KnownLanguage, body: TextBody, session: Transaction
) -> Edition:
    """Corrects a page's words. `number` is that of the edition one has read; a stale one is 409 `edited-meanwhile`."""
    return _shape(await correcting.correct_text(session, slug, lang, body, by=viewer.id), viewer.member.name)


@router.put("/programmes/{slug}/facts", responses=_WRITING)
async def correct_facts(viewer: Corrector, entry: KnownProgramme, body: FactsBody, session: Transaction) -> Edition:
    """Corrects a programme's rules and facts. Where its call opens with it, those who wait are told."""
    return _shape(await correcting.correct_facts(session, entry, body, by=viewer.id), viewer.member.name)


def _shape(edition: GuideEdition, name: str) -> Edition:
    return Edition(number=edition.number, by=name, at=edition.created_at, content=edition.content)
