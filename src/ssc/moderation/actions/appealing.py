"""An appeal: the person concerned asks for another look, and somebody else takes it."""

from uuid import UUID

from ssc.accounts import queries as accounts
from ssc.core import audit, clock, errors, mail
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.moderation import letters, rules
from ssc.moderation.actions.suspending import take_back
from ssc.moderation.forms import AnswerBody
from ssc.moderation.models import Appeal, Decision
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def appeal(session: Session, decision: Decision, member_id: UUID, note: str) -> Appeal:
    """One for each decision, within thirty days; 409 after that."""
    if not rules.may_appeal(decision, member_id):
        raise errors.conflict(_("The time for an appeal is over."))
    await session.refresh(decision, with_for_update=True)  # of two at once one is an appeal
    if await session.get(Appeal, decision.id) is not None:
        raise errors.conflict(_("You have appealed already. It will be answered by letter."))
    made = Appeal(decision_id=decision.id, note=note)
    session.add(made)
    await session.flush()
    audit.write(session, member_id, "decision.appeal", f"decision:{decision.id}")
    return made


async def answer(session: Session, viewer: Viewer, decision_id: UUID, body: AnswerBody) -> Decision:
    """Keeps the decision or takes it back; she is told by letter. 403 for who decided, 409 when it is answered."""
    made = await session.get(Appeal, decision_id, with_for_update=True)
    decision = await session.get(Decision, decision_id)
    if made is None or decision is None:
        raise errors.not_found()
    if not rules.may_answer(viewer, decision):
        raise errors.forbidden(_("An appeal is answered by somebody else than who decided."))
    if made.answered_at is not None:
        raise errors.conflict(_("This appeal is answered already."))
    made.reversed, made.answer = body.reverse, body.note
    made.answered_at, made.answered_by = clock.now(), viewer.id
    audit.write(session, viewer.id, "appeal.answer", f"decision:{decision.id}", body.note, reverse=body.reverse)
    if body.reverse:
        await take_back(session, viewer, decision, body.note)
    else:
        await _decline(session, decision, made)
    return decision


async def _decline(session: Session, decision: Decision, made: Appeal) -> None:
    member = await session.get(Member, decision.member_id) if decision.member_id else None
    address = await accounts.primary_of(session, member.id) if member else None
    if member is not None and address is not None:
        await mail.send(session, letters.appeal_declined(session.settings, decision, made, member, address.address))
