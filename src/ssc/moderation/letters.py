"""What the person concerned is written, and moderators where a minor may be in danger."""

from typing import Any

from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.moderation import keys
from ssc.moderation.models import Appeal, Decision, Report
from ssc.people.models import Member
from ssc.web import letters


def decided(settings: Settings, decision: Decision, member: Member, to: str, about: Report | None) -> Letter:
    """What was decided, why, and how to ask for another look. Says nothing of who reported it."""
    return _write(settings, "moderation.decided", decision, member, to, report=about)


def taken_back(
    settings: Settings, decision: Decision, member: Member, to: str, note: str, restored: bool = False
) -> Letter:
    """`restored`: what was removed is there again."""
    return _write(settings, "moderation.taken-back", decision, member, to, note=note, restored=restored)


def appeal_declined(settings: Settings, decision: Decision, appeal: Appeal, member: Member, to: str) -> Letter:
    return _write(settings, "moderation.appeal-declined", decision, member, to, note=appeal.answer)


def urgent(settings: Settings, report: Report, moderator: Member, to: str) -> Letter:
    """To a moderator, at once and without a word of what was reported."""
    return letters.write(
        settings,
        "moderation.urgent",
        to=to,
        language=moderator.language,
        member_id=moderator.id,
        person=moderator.name,
        link=f"{settings.base_url}/desk/reports/{report.id}",
        priority=1,
    )


def _write(settings: Settings, name: str, decision: Decision, member: Member, to: str, **context: Any) -> Letter:
    return letters.write(
        settings,
        name,
        to=to,
        language=member.language,
        member_id=member.id,
        person=member.name,
        decision=decision,
        time_zone=member.time_zone,
        link=settings.base_url + keys.path_of(settings, decision.id),
        **context,
    )
