"""The letters about notices: what was missed, and the digest."""

import hashlib
from collections.abc import Sequence

from ssc.core import i18n
from ssc.core.config import Settings
from ssc.core.mail import Letter, message_id
from ssc.notifications import leaving
from ssc.notifications.kinds import Quote
from ssc.notifications.leaving import Leave
from ssc.notifications.spoken import Spoken
from ssc.people.models import Member
from ssc.web import letters

QUOTED = 5
LISTED = 20


def missed(settings: Settings, member: Member, to: str, notices: Sequence[Spoken], quotes: Sequence[Quote]) -> Letter:
    """About one subject, so that mail programs thread all letters about it."""
    first = notices[0]
    leave = Leave(member.id, "subject", first.kind.name, first.notice.subject)
    with i18n.speaking(member.language):
        headers = leaving.headers(settings, leave, first.kind.label())
        kinds = list(dict.fromkeys(one.kind.label() for one in notices))
    root = message_id(f"about-{_digest(member, first.notice.subject)}", settings)
    return letters.write(
        settings,
        "notifications.missed",
        to=to,
        language=member.language,
        member_id=member.id,
        headers={**headers, "In-Reply-To": root, "References": root},
        about=first.notice.subject,
        by_id=first.notice.by_id,
        priority=1,
        member=member,
        notices=notices,
        kinds=kinds,
        quotes=quotes[-QUOTED:],
        more=max(0, len(quotes) - QUOTED),
        link=settings.base_url + first.notice.url,
        stops=[(scope, leave.wider(scope).link(settings)) for scope in leave.scopes],
        preferences=f"{settings.base_url}/me/preferences#notices",
    )


def digest(settings: Settings, member: Member, to: str, notices: Sequence[Spoken]) -> Letter:
    leave = Leave(member.id, "kind", leaving.DIGEST)
    with i18n.speaking(member.language):
        headers = leaving.headers(settings, leave, "Digest")
    return letters.write(
        settings,
        "notifications.digest",
        to=to,
        language=member.language,
        member_id=member.id,
        headers=headers,
        priority=2,
        member=member,
        notices=notices[:LISTED],
        more=max(0, len(notices) - LISTED),
        stops=[(scope, leave.wider(scope).link(settings)) for scope in leave.scopes],
        preferences=f"{settings.base_url}/me/preferences#notices",
    )


def _digest(member: Member, subject: str) -> str:
    """Names the subject to no other reader."""
    return hashlib.sha256(f"{member.id} {subject}".encode()).hexdigest()[:24]
