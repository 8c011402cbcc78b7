"""The letters about notices (what was missed, and the digest), and those of mailings."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from ssc.core import i18n
from ssc.core.config import Settings
from ssc.core.mail import Letter, mark, message_id
from ssc.notifications import leaving
from ssc.notifications.digests import Section
from ssc.notifications.kinds import Quote
from ssc.notifications.leaving import Leave, Scope
from ssc.notifications.mailings import Mailing
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


def digest(
    settings: Settings, member: Member, to: str, notices: Sequence[Spoken], sections: Sequence[Section] = ()
) -> Letter:
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
        sections=sections,
        stops=[(scope, leave.wider(scope).link(settings)) for scope in leave.scopes],
        preferences=f"{settings.base_url}/me/preferences#notices",
    )


def mailing(settings: Settings, mailing: Mailing, language: str) -> Letter:
    """One edition, for whoever reads it: with marks where readers differ."""
    tokens: dict[str, str] = {scope: mark(scope) for scope in _MAILING_SCOPES}
    return _mailing(settings, mailing, language, tokens, name=mark("name"), to="")


def mailing_to(settings: Settings, mailing: Mailing, language: str, member: Member, to: str) -> Letter:
    """One edition for one person, as every reader will see it."""
    filled = fills(settings, mailing, member.id, member.name)
    letter = _mailing(settings, mailing, language, filled, name=member.name, to=to)
    return replace(letter, member_id=member.id, priority=0)


def fills(settings: Settings, mailing: Mailing, member_id: UUID, name: str) -> dict[str, str]:
    """What this reader has at an edition's marks."""
    leave = Leave(member_id, "kind", mailing.kind.name, mailing=mailing.id)
    return {"name": name, **{scope: leave.wider(scope).token(settings.key) for scope in _MAILING_SCOPES}}


def _mailing(
    settings: Settings, mailing: Mailing, language: str, tokens: Mapping[str, str], *, name: str, to: str
) -> Letter:
    with i18n.speaking(language):
        label = mailing.kind.label()
    return letters.write(
        settings,
        mailing.template,
        to=to,
        language=language,
        headers=leaving.headers_for(settings, tokens["kind"], mailing.kind.name, label),
        about=mailing.about,
        priority=2,
        member={"name": name},
        kind=label,
        stops=[(scope, leaving.link(settings, tokens[scope])) for scope in _MAILING_SCOPES],
        preferences=f"{settings.base_url}/me/preferences#notices",
        **mailing.editions[language],
    )


_MAILING_SCOPES: tuple[Scope, ...] = ("kind", "all")


def _digest(member: Member, subject: str) -> str:
    """Names the subject to no other reader."""
    return hashlib.sha256(f"{member.id} {subject}".encode()).hexdigest()[:24]
