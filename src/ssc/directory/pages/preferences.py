"""Pages: what a member prefers, and whom she has blocked."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.directory import actions
from ssc.directory.forms import PreferencesForm
from ssc.notifications import kinds, webpush
from ssc.notifications import queries as notices
from ssc.notifications.rules import all_wants
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.places import zones
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/me/preferences")
async def preferences(
    request: Request, viewer: SignedIn, session: Transaction, done: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    return await _page(request, viewer, session, _filled(viewer.member), done=done)


@router.post("/me/preferences")
async def change_preferences(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, PreferencesForm)
    if form.data is None:
        return await _page(request, viewer, session, form, 422)
    member = await session.get_one(Member, viewer.id)
    await actions.change_preferences(session, member, form.data.change())
    return pages.see_other("/me/preferences?done=saved")


async def _page(
    request: Request, viewer: Viewer, session: Session, form: Form[Any], status: int = 200, done: str = ""
) -> Response:
    return pages.render(
        request,
        "directory/preferences.html",
        viewer,
        status=status,
        form=form,
        done=done,
        languages_spoken=[(language.code, language.name) for language in i18n.languages()],
        zones=zones.choices(),
        contacts=_contacts(),
        kinds=[kind for kind in kinds.registered() if not kind.office],
        rhythms=_rhythms(),
        devices=await notices.devices_of(session, viewer),
        push_key=webpush.public_key(session.settings.vapid),
        stops=await notices.mail_stops_of(session, viewer),
        blocked=await people.blocked_by(session, viewer.id),
    )


def _contacts() -> list[tuple[str, str, str]]:
    return [
        ("everyone", _("Every member"), ""),
        ("shared-history", _("People I share something with"), _("The same exchange, host or university.")),
        ("nobody", _("Nobody; I write first"), ""),
    ]


def _rhythms() -> list[tuple[str, str]]:
    return [("weekly", _("Every week")), ("monthly", _("Every month")), ("never", _("Never"))]


def _filled(member: Member) -> Form[Any]:
    quiet = member.quiet_hours or {}
    return forms.blank(
        language=member.language,
        time_zone=zones.known(member.time_zone),
        contact=member.contact,
        read_receipts=member.read_receipts,
        presence=member.presence,
        quiet_from=quiet.get("from", ""),
        quiet_to=quiet.get("to", ""),
        told=[
            f"{kind}:{one}" for kind, wanted in all_wants(member.notifications).items() for one in wanted if wanted[one]
        ],
        mail_opt_out=member.mail_opt_out,
        mail_quotes=member.mail_quotes,
        digest=member.digest,
        hosts_see=member.hosts_see,
    )
