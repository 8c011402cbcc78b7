"""The first steps inside, straight after the claim: who sees what, who one is, and who is here."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.errors import CONFLICT, INVALID, Problem
from ssc.directory import actions as directory
from ssc.directory.forms import PreferencesChange, ProfileChange
from ssc.people.rules import audience_of
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.roster.claiming import queries
from ssc.roster.claiming.forms import BasicsForm, HostsForm, PrivacyForm
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/welcome")
async def privacy(request: Request, viewer: SignedIn) -> Response:
    held = {name: audience_of(viewer.member.visibility, name) for name in PrivacyForm.model_fields}
    held_of_hosts = {"hosts_see": viewer.member.hosts_see}
    return pages.render(request, "roster/welcome/privacy.html", viewer, form=forms.blank(**held, **held_of_hosts))


@router.post("/welcome")
async def set_privacy(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, PrivacyForm)
    if form.data is None:
        return pages.render(request, "roster/welcome/privacy.html", viewer, status=422, form=form)
    change = PreferencesChange(visibility=form.data.model_dump(exclude_unset=True))
    hosts = await forms.read(request, HostsForm)
    if hosts.data is not None and not viewer.is_minor:
        change.hosts_see = hosts.data.hosts_see
    await directory.change_preferences(session, viewer.member, change)
    return pages.see_other("/welcome/profile")


@router.get("/welcome/profile")
async def basics(request: Request, viewer: SignedIn) -> Response:
    member = viewer.member
    form: Form[BasicsForm] = forms.blank(
        headline=member.headline or "",
        affiliation=member.affiliation or "",
        lives_in=member.lives_in or "",
        fields=", ".join(member.fields),
    )
    return _basics(request, viewer, form)


@router.post("/welcome/profile")
async def set_basics(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, BasicsForm)
    if form.data is not None:
        changed = forms.check(ProfileChange, _as_change(form.data))
        form.errors.update(changed.errors)
        if changed.data is not None:
            try:
                async with session.begin_nested():
                    await directory.change_profile(session, viewer.member, changed.data)
                return pages.see_other("/welcome/cohort")
            except Problem as problem:
                if problem.kind.status not in (CONFLICT.status, INVALID.status):
                    raise
                form.refuse(problem)
    return _basics(request, viewer, form)


@router.get("/welcome/cohort")
async def cohort(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    cohorts = await queries.cohorts_of(session, viewer)
    return pages.render(request, "roster/welcome/cohort.html", viewer, cohorts=cohorts)


def _as_change(basics: BasicsForm) -> dict[str, object]:
    return {
        "headline": basics.headline or None,
        "affiliation": basics.affiliation or None,
        "lives_in": basics.lives_in or None,
        "fields": basics.separate_fields,
    }


def _basics(request: Request, viewer: Viewer, form: Form[BasicsForm]) -> Response:
    return pages.render(
        request,
        "roster/welcome/profile.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        countries=countries.choices(),
    )
