"""What staff and the people of the roster do with invitations."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from ssc.accounts import addresses, tokens
from ssc.core import audit, clock, ids, jobs, mail
from ssc.core.db import Session
from ssc.core.errors import conflict, not_found
from ssc.core.i18n import _
from ssc.people.models import InvitationRefusal, Member
from ssc.programmes.models import Exchange
from ssc.roster.importing.models import RosterImport
from ssc.roster.inviting import letters, queries
from ssc.roster.inviting.models import Invitation, InvitationRound
from ssc.roster.inviting.rules import BETWEEN_WAVES, CLAIM, WAVE, invitation_of, language_for, too_many_bounces

_ONE_AT_A_TIME = 7273659  # names the advisory lock: two senders must not both find the same person uninvited


async def invite_import(
    session: Session, import_id: UUID, *, by: UUID | None, language: str | None = None
) -> InvitationRound:
    """Begins to invite everybody of an import; while a round of it is under way, answers that one.

    404 for no import, 409 for a rehearsal and for one that is not done.
    """
    await _finished(session, import_id)
    await _alone(session)
    under_way: InvitationRound | None = await session.scalar(
        select(InvitationRound).where(InvitationRound.import_id == import_id, InvitationRound.finished_at.is_(None))
    )
    if under_way is not None:
        return under_way
    begun = InvitationRound(id=ids.new(), import_id=import_id, asked_by=by, language=language)
    session.add(begun)
    await session.flush()
    audit.write(session, by or "cli", "invitation.round", f"roster-import:{import_id}")
    await _continue(session, begun)
    return begun


async def send_wave(session: Session, round_id: UUID) -> int:
    """Sends the round's next letters, and asks for the wave after them; answers how many were sent.

    Pauses instead when too many of the letters before came back. All letters of a wave are queued
    in this transaction or none: a worker that dies here mails nobody twice.
    """
    await _alone(session)
    begun = await session.get(InvitationRound, round_id, with_for_update=True)
    if begun is None or begun.state != "sending":
        return 0
    if too_many_bounces(*await queries.recent_bounces_of(session, begun)):
        begun.paused_at = clock.now()
        audit.write(session, "system", "invitation.pause", f"invitation-round:{begun.id}", "bounces")
        return 0
    rows = (await session.execute(queries.candidates_of(begun.import_id).limit(WAVE))).all()
    exchanges = await queries.exchanges_of(session, [member.id for member, _address in rows])
    for member, address in rows:
        await _send(session, member, address, exchanges[member.id], round=begun, language=begun.language)
    if len(rows) < WAVE:
        begun.finished_at = clock.now()
    else:
        await _continue(session, begun, clock.now() + BETWEEN_WAVES)
    return len(rows)


async def pause(session: Session, round_id: UUID, *, by: UUID) -> InvitationRound:
    """Stops a round after the letters that are already out; 409 when it is not sending."""
    begun = await _round(session, round_id, "sending")
    begun.paused_at = clock.now()
    audit.write(session, by, "invitation.pause", f"invitation-round:{begun.id}")
    return begun


async def resume(session: Session, round_id: UUID, *, by: UUID) -> InvitationRound:
    """Goes on after staff have looked: the bounces so far are forgiven. 409 when it is not paused."""
    begun = await _round(session, round_id, "paused")
    begun.paused_at, begun.counted_from = None, clock.now()
    audit.write(session, by, "invitation.resume", f"invitation-round:{begun.id}")
    await _continue(session, begun)
    return begun


async def invite_address(
    session: Session, email: str, *, by: UUID | str, language: str | None = None
) -> list[Invitation]:
    """Invites, at once, the records that have this address; none where all are claimed, invited or unreachable."""
    await _alone(session)
    found = await queries.addressed_to(session, addresses.key_of(email))
    exchanges = await queries.exchanges_of(session, [member.id for member, _address in found])
    sent = [await _send(session, member, address, exchanges[member.id], language=language) for member, address in found]
    for invitation in sent:
        audit.write(session, by, "invitation.send", f"member:{invitation.member_id}")
    return sent


async def invite(
    session: Session,
    member: Member,
    address: str,
    *,
    by: UUID | str,
    note: str = "",
    language: str | None = None,
    contestable_until: datetime | None = None,
    hosting: str = "",
) -> Invitation:
    """Invites one person to an address that somebody has answered for.

    `contestable_until`: the record's known addresses may object until then, and the account is limited. `hosting`: the
    letter says for whom (a host, an organisation) she is asked to look after exchanges.
    """
    exchanges = await queries.exchanges_of(session, [member.id])
    sent = await _send(
        session,
        member,
        address,
        exchanges[member.id],
        note=note,
        language=language,
        contestable_until=contestable_until,
        hosting=hosting,
    )
    audit.write(session, by, "invitation.send", f"member:{member.id}")
    return sent


async def renew(session: Session, secret: str) -> None:
    """Sends a fresh link to where the expired one went. Silent where there is nothing to renew: equal answers."""
    await _alone(session)
    token = await tokens.find(session, CLAIM, secret)
    old = await session.get(Invitation, UUID(token.payload["invitation"])) if token else None
    if old is None or old.state != "expired":
        return
    row = (await session.execute(queries.invitable().where(Member.id == old.member_id))).first()
    if row is None or await mail.stopped(session, old.address):
        return
    member: Member = row[0]
    exchanges = await queries.exchanges_of(session, [member.id])
    await _send(
        session,
        member,
        old.address,
        exchanges[member.id],
        note=old.note,
        language=old.language,
        contestable_until=old.contestable_until,
    )
    audit.write(session, None, "invitation.renew", f"member:{member.id}")


async def claim_link(session: Session, member: Member, address: str, *, by: UUID | str) -> str:
    """The address at which `member` claims her record, for showing instead of mailing (the first account)."""
    sent = _row(member, address)
    session.add(sent)
    secret = await _token(session, sent)
    audit.write(session, by, "invitation.send", f"member:{member.id}")
    return f"{session.settings.base_url}/invitations/{secret}"


async def withdraw(session: Session, member_id: UUID) -> None:
    """Ends the person's invitations that are still open."""
    await tokens.void(session, member_id, CLAIM)
    await session.execute(
        update(Invitation).where(Invitation.member_id == member_id, queries.living()).values(withdrawn_at=clock.now())
    )


async def withdraw_one(session: Session, sent: Invitation) -> None:
    """Ends this invitation and no other."""
    if sent.state in ("open", "expired"):
        sent.withdrawn_at = clock.now()
        await session.flush()


async def refuse(session: Session, stop: str) -> None:
    """A person presses "stop" in an invitation: she gets no more of them. 404 for an address of no letter."""
    identity = invitation_of(stop, session.settings.key)
    sent = await session.get(Invitation, identity) if identity else None
    if sent is None:
        raise not_found()
    if await session.get(InvitationRefusal, sent.member_id) is None:
        session.add(InvitationRefusal(member_id=sent.member_id))
        audit.write(session, None, "invitation.refuse", f"member:{sent.member_id}")


async def _finished(session: Session, import_id: UUID) -> None:
    found = await session.get(RosterImport, import_id)
    if found is None:
        raise not_found()
    if found.dry_run:
        raise conflict(_("This was a rehearsal: import the file first, then invite its people."))
    if found.state != "done":
        raise conflict(_("The import is not done. Invite its people when it is."))


async def _alone(session: Session) -> None:
    await session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


async def _round(session: Session, round_id: UUID, state: str) -> InvitationRound:
    begun = await session.get(InvitationRound, round_id, with_for_update=True)
    if begun is None:
        raise not_found()
    if begun.state != state:
        raise conflict(_("The letters are not in that state any more. Look again."))
    return begun


async def _continue(session: Session, begun: InvitationRound, at: datetime | None = None) -> None:
    await jobs.defer(session, "roster.send-wave", at=at, once=f"wave-{begun.id}", round=str(begun.id))


async def _send(
    session: Session,
    member: Member,
    address: str,
    exchanges: Sequence[Exchange],
    *,
    round: InvitationRound | None = None,
    note: str = "",
    language: str | None = None,
    contestable_until: datetime | None = None,
    hosting: str = "",
) -> Invitation:
    sent = _row(member, address, language)
    sent.round_id = round.id if round else None
    sent.note, sent.contestable_until = note, contestable_until
    session.add(sent)
    secret = await _token(session, sent)
    await mail.send(session, letters.invitation(session.settings, sent, member, exchanges, secret, hosting))
    return sent


def _row(member: Member, address: str, language: str | None = None) -> Invitation:
    return Invitation(
        id=ids.new(),
        member_id=member.id,
        address=address,
        language=language or language_for(member.country),
        note="",
        expires_at=clock.now() + CLAIM.lasts,
    )


async def _token(session: Session, sent: Invitation) -> str:
    return await tokens.issue(
        session, CLAIM, member_id=sent.member_id, address=sent.address, payload={"invitation": str(sent.id)}
    )
