"""A member changes what is known of her, and what she prefers."""

from typing import Any

from sqlalchemy import select

from ssc.accounts import handles
from ssc.core import audit, errors, live, text
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.directory import words
from ssc.directory.actions.photos import remove_photo
from ssc.directory.actions.refresh import refresh
from ssc.directory.forms import PreferencesChange, ProfileChange
from ssc.directory.models import MEMBERS, DirectoryEntry
from ssc.notifications.actions import heed_choices
from ssc.notifications.rules import deviations
from ssc.people import actions as people
from ssc.people import following
from ssc.people.models import Member

ABOUT_MAIL = ("notifications", "mail_opt_out")
_FOR_ALL = frozenset(("name", "name_native", "country", "lives_in", "affiliation"))  # what public pages may show


async def change_profile(session: Session, member: Member, change: ProfileChange) -> None:
    """Sets what was given, and makes it findable as far as it may be seen. 422 for a name that is another's."""
    given = change.model_dump(exclude_unset=True)
    if "name" in given and given["name"] != member.name:
        await _check_name(session, member, given["name"], "name")
        member.name_key = people.name_key(given["name"])
        audit.write(session, member.id, "profile.name", f"member:{member.id}")
    if given.get("name_native") and given["name_native"] != member.name_native:
        await _check_name(session, member, given["name_native"], "name_native")
    lived_in = member.lives_in
    for field, value in given.items():
        setattr(member, field, value if value != "" else None)
    await session.flush()
    await refresh(session, [member.id])
    if member.lives_in != lived_in:  # her chapters, which stand above
        await following.follow(session, [member.id])
    if _FOR_ALL & given.keys():
        await people.show_anew(session)


async def empty_profile(session: Session, blobs: Blobs, member: Member) -> None:
    """Takes away what she wrote of herself, and her photo: moderators decided so. She may fill it in anew."""
    member.headline = member.bio = member.affiliation = None
    member.links = []
    await remove_photo(session, blobs, member)
    await refresh(session, [member.id])


async def change_preferences(session: Session, member: Member, change: PreferencesChange) -> None:
    """Sets what was given; of the maps only the keys that were given."""
    given = change.model_dump(exclude_unset=True, by_alias=True)
    visibility = given.pop("visibility", None)
    notifications = given.pop("notifications", None)
    if "hosts_see" in given and given["hosts_see"] != member.hosts_see:
        audit.write(session, member.id, "hosts-see.choose", f"member:{member.id}", given=given["hosts_see"])
    for field, value in given.items():
        setattr(member, field, value)
    if notifications is not None:
        member.notifications = deviations(_merged(member.notifications, notifications))
    if visibility is not None:
        member.visibility = {**member.visibility, **visibility}
        await refresh(session, [member.id])
        await people.show_anew(session)
    if not change.model_fields_set.isdisjoint(ABOUT_MAIL):
        await heed_choices(session, member)
    live.refresh(session, member.id)


def _merged(held: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    return {**held, **{kind: {**held.get(kind, {}), **channels} for kind, channels in given.items()}}


async def _check_name(session: Session, member: Member, name: str, field: str) -> None:
    """Nobody takes the club's name, or one that another member is known by.

    Held only against names that every member may see: anything else would tell who is hidden.
    """
    if handles.is_reserved(name):
        raise errors.invalid((field, _("This is the club's own name. Write your own.")))
    looks = text.canonical(name)
    if looks in (text.canonical(member.name), text.canonical(member.name_native or "")):
        return
    others = await session.scalars(
        select(Member.name)
        .join(DirectoryEntry, DirectoryEntry.member_id == Member.id)
        .where(DirectoryEntry.reach == MEMBERS, DirectoryEntry.sort_key == words.key(name)[:240])
        .where(Member.id != member.id)
        .limit(50)
    )
    if any(text.canonical(other) == looks for other in others):
        raise errors.invalid(
            (field, _("Another member is known by this name. If it is yours too, write to the secretariat."))
        )
