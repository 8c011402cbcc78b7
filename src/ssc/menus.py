"""The menus: which entry leads where, and for whom it is there."""

from dataclasses import replace

from ssc.core.i18n import Words, words
from ssc.guide.rules import may_correct
from ssc.people.viewer import Viewer
from ssc.web.chrome import Entry, Menus
from ssc.writing.rules import is_editor


def _signed_in(viewer: Viewer | None) -> bool:
    return viewer is not None


def _for_editors(viewer: Viewer | None) -> bool:
    return viewer is not None and is_editor(viewer)


def _for_staff(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.is_staff


def _for_moderators(viewer: Viewer | None) -> bool:
    return viewer is not None and (viewer.is_moderator or viewer.is_staff)


def _unread(viewer: Viewer) -> int:
    return viewer.notices_unread


def _unread_messages(viewer: Viewer) -> int:
    return viewer.messages_unread


def _under(group: Words, *entries: Entry) -> tuple[Entry, ...]:
    return tuple(replace(entry, group=group) for entry in entries)


MENUS = Menus(
    bell=_unread,
    main=(
        Entry("/", words("Home"), _signed_in),
        Entry("/messages", words("Messages"), _signed_in, _unread_messages),
        Entry("/members", words("Find people")),
        Entry("/communities", words("Communities"), holds=("/exchanges", "/chapters", "/groups", "/conversations")),
        Entry("/programmes", words("Programmes")),
        Entry("/events", words("Reunions")),
        Entry("/news", words("News")),
        Entry("/stories", words("Members' voice")),
    ),
    account=(
        Entry("/me/stories", words("Your stories")),
        Entry("/me/exchanges", words("Your exchanges")),
        Entry("/me/preferences", words("Preferences")),
        Entry("/me/emails", words("Your addresses")),
        Entry("/me/calendar", words("Your calendar")),
        Entry("/me/certificates", words("Your certificates")),
        Entry("/me/security", words("Password and devices")),
        Entry("/recoveries", words("Do you know them?")),
    ),
    desk=(
        Entry("/desk", words("Overview"), _for_staff),
        *_under(
            words("Roster and accounts"),
            Entry("/desk/roster-imports", words("Roster imports"), _for_staff),
            Entry("/desk/duplicates", words("Likely duplicates"), _for_staff),
            Entry("/desk/invitations", words("Invitations"), _for_staff),
            Entry("/desk/membership-requests", words("Membership requests"), _for_staff),
            Entry("/desk/recoveries", words("Recoveries"), _for_staff),
        ),
        *_under(
            words("Safety"),
            Entry("/desk/reports", words("Reports"), _for_moderators),
            Entry("/desk/appeals", words("Appeals"), _for_moderators),
            Entry("/desk/decisions", words("Moderation log"), _for_moderators),
        ),
        *_under(
            words("Communities and reunions"),
            Entry("/desk/chapters", words("Coordinators"), _for_staff),
            Entry("/desk/groups", words("Proposed groups"), _for_moderators),
            Entry("/desk/hosts", words("Hosts of exchanges"), _for_staff),
            Entry("/desk/event-invitations", words("Wide invitations"), _for_staff),
            Entry("/desk/certificates", words("Certificates"), _for_staff),
        ),
        *_under(
            words("What the public reads"),
            Entry("/desk/news", words("News"), _for_editors),
            Entry("/desk/stories", words("Stories to look at"), _for_editors),
            Entry("/desk/questions", words("Questions from visitors"), _for_moderators),
            Entry("/desk/guide", words("Guide"), may_correct),
            Entry("/desk/host-contacts", words("Contacts of hosts"), _for_staff),
        ),
        *_under(
            words("Mail"),
            Entry("/desk/newsletters", words("Mail magazine"), _for_editors),
            Entry("/desk/contact", words("Messages to the secretariat"), _for_staff),
            Entry("/desk/mail-log", words("Mail log"), _for_staff),
        ),
    ),
    foot=(
        Entry("/about", words("About the club")),
        Entry("/figures", words("Figures")),
        Entry("/contact", words("Contact")),
        Entry("/terms", words("Terms of membership")),
        Entry("/privacy", words("Privacy notice")),
        Entry("/api/v1/docs", words("For programs: the API")),
    ),
)
