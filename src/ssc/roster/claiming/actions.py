"""Claiming a record, and undoing a claim that its owner objected to."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, update
from starlette.requests import Request

from ssc.accounts import addresses, tokens
from ssc.accounts.actions import begin_session, end_sessions, open_account
from ssc.accounts.kinds import CONFIRM_ADDRESS, PASSWORD_RESET, SIGN_IN_LINK, UNDO_CHANGE
from ssc.accounts.models import AccessToken, Account, EmailAddress, KnownDevice
from ssc.communities import actions as communities
from ssc.communities.actions import keep_cohorts, settle
from ssc.communities.hosting import actions as hosting
from ssc.communities.leaving import leave
from ssc.core import audit, clock, live, mail
from ssc.core.db import Session
from ssc.core.errors import gone, invalid, not_found
from ssc.core.i18n import _
from ssc.directory import actions as directory
from ssc.messaging.actions.owned import depart
from ssc.people import actions as people
from ssc.people.models import Consent, Member
from ssc.people.queries import exchanges_of
from ssc.places import zones
from ssc.roster.claiming import letters, queries
from ssc.roster.claiming.forms import ClaimBody
from ssc.roster.claiming.rules import WORDING, Claim, is_minor, possible_birth_date, pupil_exchanges
from ssc.roster.inviting import actions as inviting
from ssc.roster.inviting.models import Invitation
from ssc.roster.inviting.rules import CLAIM


async def claim(session: Session, request: Request, secret: str, body: ClaimBody) -> Member:
    """The invited person takes her record: account, handle, consents, and a session on this browser.

    404 for a secret of no invitation, 410 for one used or expired (of two at once, one wins), 422 at
    `birth_date`, `email`, `handle` or `password`.
    """
    opened = await _redeemed(session, secret)
    member, invitation = opened.member, opened.invitation
    _check_birth_date(opened, body.birth_date)
    proven = await _proven(session, opened, body)
    if opened.birth_date_needed:
        member.birth_date, invitation.gave_birth_date = body.birth_date, True
    await open_account(
        session,
        member,
        proven=proven,
        address=body.email,
        handle=body.handle,
        password=body.password,
        limited_until=invitation.contestable_until,
    )
    if body.time_zone:
        member.time_zone = body.time_zone
    if not member.fields:
        member.fields = await queries.fields_of(session, member.id)
    invitation.used_at = clock.now()
    await inviting.withdraw(session, member.id)
    await people.refresh_adulthood(session, [member.id])
    await session.refresh(member)
    await directory.refresh(session, [member.id])
    await keep_cohorts(session, await exchanges_of(session, member.id))
    await hosting.accept_all(session, member.id)
    await settle(session, [member.id])
    _record_consents(session, member)
    audit.write(session, member.id, "account.claim", f"member:{member.id}")
    for address in await _others(session, member.id, invitation.address):
        await mail.send(session, letters.claimed(session.settings, member, address))
    if invitation.contestable_until is None:  # else it may yet turn out to be somebody else
        await communities.tell_of_joining(session, member, [exchange for _role, exchange in opened.took_part])
    await begin_session(session, request, member)
    return member


async def undo_claim(session: Session, member: Member) -> None:
    """Makes the record as unclaimed as before: no account, no session, nothing but what the roster knew."""
    await end_sessions(session, member.id)
    live.revoke(session, member.id)
    await tokens.void(session, member.id, SIGN_IN_LINK, PASSWORD_RESET, CONFIRM_ADDRESS, UNDO_CHANGE)
    await session.execute(delete(KnownDevice).where(KnownDevice.member_id == member.id))
    await session.execute(delete(AccessToken).where(AccessToken.member_id == member.id))
    await session.execute(
        delete(EmailAddress).where(EmailAddress.member_id == member.id, EmailAddress.source != "roster")
    )
    await session.execute(update(EmailAddress).where(EmailAddress.member_id == member.id).values(confirmed_at=None))
    await session.execute(delete(Account).where(Account.member_id == member.id))
    await session.execute(delete(Consent).where(Consent.member_id == member.id))
    await _forget_what_the_claim_brought(session, member)
    member.handle = member.joined_at = None
    await session.flush()
    await leave(session, member.id)
    await depart(session, member.id)
    await hosting.undo_claim(session, member.id)
    await people.refresh_adulthood(session, [member.id])
    await directory.refresh(session, [member.id])


async def _forget_what_the_claim_brought(session: Session, member: Member) -> None:
    """Also what was written into the profile since: it is not the owner's."""
    gave_birth_date = await session.scalar(
        select(Invitation.id).where(Invitation.member_id == member.id, Invitation.gave_birth_date)
    )
    if gave_birth_date:
        member.birth_date = None
    for name in ("lives_in", "headline", "bio", "affiliation", "photo"):
        setattr(member, name, None)
    for name in ("fields", "languages", "links", "open_to"):
        setattr(member, name, [])
    member.time_zone = zones.of_country(member.country)
    member.visibility = {}
    member.hosts_see = None


async def _redeemed(session: Session, secret: str) -> Claim:
    if await tokens.find(session, CLAIM, secret) is None:
        raise not_found()
    token = await tokens.redeem(session, CLAIM, secret)
    opened = await queries.by_invitation(session, UUID(token.payload["invitation"]))
    if opened is None:
        raise not_found()
    await session.refresh(opened.member, with_for_update=True)
    await session.refresh(opened.invitation)
    if not opened.open:
        raise gone()
    return opened


def _check_birth_date(opened: Claim, given: date | None) -> None:
    if not opened.birth_date_needed:
        return
    if given is None:
        raise invalid(("birth_date", _("Please give your date of birth: the roster does not have it.")))
    if not possible_birth_date(given, clock.today_in_japan(), pupil_exchanges(opened.took_part)):
        raise invalid(
            (
                "birth_date",
                _("This date does not go with the exchange on the roster. Check it, or write to the secretariat."),
            )
        )


async def _proven(session: Session, opened: Claim, body: ClaimBody) -> str | None:
    """The address that the letter has proven, unless a colleague who shared it signs in with it already."""
    address = opened.invitation.address
    key = addresses.key_of(address)
    if not await queries.belongs_to_another(session, key, opened.member.id):
        return address
    if body.email is None or addresses.key_of(body.email) == key:
        raise invalid(("email", _("Somebody else signs in with this address. Give one of your own.")))
    return None


def _record_consents(session: Session, member: Member) -> None:
    """To both wordings; a minor accepts together with a parent or guardian, as the sentence she ticked says."""
    minor = member.birth_date is not None and is_minor(member.birth_date, clock.today_in_japan())
    for kind in ("terms", "privacy", "guardian") if minor else ("terms", "privacy"):
        session.add(Consent(member_id=member.id, kind=kind, version=WORDING))


async def _others(session: Session, member_id: UUID, but: str) -> list[str]:
    """The roster's other addresses of the record."""
    rows = await session.scalars(
        select(EmailAddress.address).where(
            EmailAddress.member_id == member_id,
            EmailAddress.source == "roster",
            EmailAddress.key != addresses.key_of(but),
        )
    )
    return list(rows)
