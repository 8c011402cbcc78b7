"""Pages: one's own profile, its editing, its photo, and what others see of it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import create_model
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.directory import actions
from ssc.directory.actions.counting import UPLOADS
from ssc.directory.forms import PreferencesChange, ProfileForm
from ssc.directory.pages import choices
from ssc.directory.pages.members import own_profile
from ssc.directory.shapes import audiences
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.rules import DEFAULT_AUDIENCE, Audience
from ssc.people.viewer import Viewer
from ssc.places import countries, languages
from ssc.web import api, forms, pages
from ssc.web.api import Body
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

Done = Annotated[str, Query(max_length=20)]
# One choice for each field, named `audience_<field>`.
_AUDIENCES: dict[str, Any] = {f"audience_{field}": (Audience | None, None) for field in DEFAULT_AUDIENCE}
_AudienceForm = create_model("_AudienceForm", __base__=Body, **_AUDIENCES)


@router.get("/me")
async def me(request: Request, viewer: SignedIn, session: Transaction, done: Done = "") -> Response:
    return pages.render(
        request,
        "directory/own.html",
        viewer,
        member=await own_profile(session, viewer),
        audiences=audiences(viewer.member),
        audience_labels=audience_labels(),
        open_to=choices.open_to_labels(),
        done=done,
    )


@router.get("/me/profile")
async def profile(request: Request, viewer: SignedIn) -> Response:
    return _edit(request, viewer, _filled(viewer.member))


@router.post("/me/profile")
async def change_profile(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, ProfileForm)
    who = await forms.read(request, _AudienceForm)
    if form.data is not None and who.data is not None:
        member = await session.get_one(Member, viewer.id)
        try:
            await actions.change_profile(session, member, form.data)
            await _set_audiences(session, member, who.data)
            return pages.see_other("/me?done=profile")
        except Problem as refused:
            form.refuse(refused)
    form.errors.update(who.errors)
    form.values.update(who.values)
    return _edit(request, viewer, form, 422)


@router.post("/me/photo", max_body_size=api.UPLOAD_LIMIT)
async def change_photo(request: Request, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    form = _filled(viewer.member)
    content = await forms.uploaded(request)
    if not content:
        form.errors["file"] = _("Choose a picture first.")
        return _edit(request, viewer, form, 422)
    try:
        await process.limits.take(UPLOADS, str(viewer.id))
        await actions.change_photo(session, process.blobs, await session.get_one(Member, viewer.id), content)
    except Problem as refused:
        form.errors["file"] = next((e.message for e in refused.errors), refused.detail or refused.kind.title())
        return _edit(request, viewer, form, refused.kind.status)
    return pages.see_other("/me?done=photo")


@router.post("/me/photo/remove")
async def remove_photo(viewer: SignedIn, process: Running, session: Transaction) -> Response:
    await actions.remove_photo(session, process.blobs, await session.get_one(Member, viewer.id))
    return pages.see_other("/me?done=photo-removed")


@router.get("/me/preview")
async def preview(
    request: Request,
    viewer: SignedIn,
    session: Transaction,
    near: Annotated[Literal["everyone", "members", "cohorts"], Query(alias="as")] = "members",
) -> Response:
    return pages.render(
        request,
        "directory/preview.html",
        viewer,
        member=await people.as_seen_from(session, viewer, near),
        near=near,
        open_to=choices.open_to_labels(),
    )


def audience_labels() -> dict[str, str]:
    """Who may see a field, in words."""
    return {
        "everyone": _("Everyone, without signing in"),
        "members": _("Members"),
        "cohorts": _("My cohorts"),
        "me": _("Only me"),
    }


async def _set_audiences(session: Session, member: Member, who: Any) -> None:
    chosen = {name.removeprefix("audience_"): value for name, value in who.model_dump(exclude_none=True).items()}
    await actions.change_preferences(session, member, PreferencesChange(visibility=chosen))


def _filled(member: Member) -> Form[Any]:
    values = {name: getattr(member, name) for name in ProfileForm.model_fields}
    values["languages"] = [languages.written(tag) for tag in member.languages]
    return forms.blank(**values, **{f"audience_{name}": who for name, who in audiences(member).items()})


def _edit(request: Request, viewer: Viewer, form: Form[Any], status: int = 200) -> Response:
    return pages.render(
        request,
        "directory/edit.html",
        viewer,
        status=status,
        form=form,
        countries=countries.choices(),
        audience_options=list(audience_labels().items()),
        open_to_options=list(choices.open_to_labels().items()),
    )
