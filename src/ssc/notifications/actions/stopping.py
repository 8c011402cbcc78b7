"""Wanting no mail: about one thing, about a kind of thing, or any but what concerns the account's safety."""

from contextlib import suppress
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, clock, i18n
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.core.mail import mailings
from ssc.notifications import leaving, queries
from ssc.notifications.actions.many import heed_choices
from ssc.notifications.kinds import named
from ssc.notifications.leaving import Leave
from ssc.notifications.models import MailStop, Notice
from ssc.notifications.rules import deviations
from ssc.people.models import Member


async def stop_mail(session: Session, leave: Leave) -> None:
    """Stops exactly what the link says. Once more changes nothing. 404 when the member is gone."""
    member = await _locked(session, leave.member_id)
    if leave.scope == "all":
        member.mail_opt_out = True
    elif leave.scope == "kind":
        _choose(member, leave.kind, wanted=False)
    else:
        await _stop_subject(session, member, leave.subject)
    due = update(Notice).where(Notice.member_id == member.id, Notice.mail_at.is_not(None)).values(mail_at=None)
    if leave.scope == "kind":
        due = due.where(Notice.kind == leave.kind)
    elif leave.scope == "subject":
        due = due.where(Notice.subject == leave.subject)
    await session.execute(due)
    await heed_choices(session, member)
    if leave.mailing is not None:
        await mailings.note_left(session, leave.mailing, member.id)
    audit.write(session, member.id, "mail.stop", f"member:{member.id}", scope=leave.scope, kind=leave.kind)


async def allow_mail(session: Session, leave: Leave) -> None:
    """Takes a stop back."""
    member = await _locked(session, leave.member_id)
    if leave.scope == "all":
        member.mail_opt_out = False
    elif leave.scope == "kind":
        _choose(member, leave.kind, wanted=True)
    else:
        await session.execute(
            delete(MailStop).where(MailStop.member_id == member.id, MailStop.subject == leave.subject)
        )
    audit.write(session, member.id, "mail.allow", f"member:{member.id}", scope=leave.scope, kind=leave.kind)


async def press(session: Session, token: str) -> None:
    """A way out that was taken by mail; 404 for a token that is nobody's."""
    leave = leaving.of_token(token, session.settings.key) if token.startswith("n.") else None
    if leave is not None:
        await stop_mail(session, leave)
        return
    for other in leaving.others:
        with suppress(Problem):  # whose it is not, raises
            await other(session, token)
            return
    raise not_found()


async def _locked(session: Session, member_id: UUID) -> Member:
    """Two links at once must not forget each other's choice."""
    member = await session.get(Member, member_id, with_for_update=True, populate_existing=True)
    if member is None:
        raise not_found()
    return member


def _choose(member: Member, name: str, *, wanted: bool) -> None:
    kind = named(name)
    if name == leaving.DIGEST:
        member.digest = "monthly" if wanted else "never"
    elif kind is not None:
        held = member.notifications.get(name, {})
        member.notifications = deviations({**member.notifications, name: {**held, "mail": wanted}})


async def _stop_subject(session: Session, member: Member, subject: str) -> None:
    with i18n.speaking(member.language):
        title = await queries.title_of(session, member, subject)
    row = {
        "member_id": member.id,
        "subject": subject,
        "title": title[:200],
        "created_at": clock.now(),
    }
    await session.execute(insert(MailStop).values(row).on_conflict_do_nothing())
