"""Deciding whether two records are one person, and deciding otherwise."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from ssc.accounts.models import Account
from ssc.communities.actions import keep_cohorts, settle
from ssc.core import audit, clock, errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _, words
from ssc.directory.actions import refresh as refresh_directory
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.roster.duplicates import lines, waiting
from ssc.roster.duplicates.accounts import belongs_to_other, swap_records
from ssc.roster.duplicates.merging import merge, part
from ssc.roster.importing.lines import addresses_of
from ssc.roster.importing.models import Duplicate, WaitingPerson

BOTH_CLAIMED = errors.kind(
    "both-have-accounts",
    409,
    words("Both records have an account"),
    words("Two people signed in with them. They are merged when one of the accounts has been given up by its person."),
)


async def decide(session: Session, duplicate: Duplicate, *, same: bool, by: UUID) -> None:
    """Merges or keeps apart; against an earlier decision splits or merges. The same decision again changes nothing.

    `duplicate` is locked. 409 when both have accounts, or when the waiting person was decided to be somebody else.
    """
    if duplicate.decision == ("same" if same else "different"):
        return
    person = await _waiting(session, duplicate)
    before = duplicate.decision
    if same:
        await _unite(session, duplicate, person)
    elif before == "same":
        await _separate(session, duplicate, person)
    duplicate.decision = "same" if same else "different"
    duplicate.decided_by, duplicate.decided_at = by, clock.now()
    await session.flush()
    if person is not None:
        await _settle_others(session, duplicate, person, same=same, by=by)
    audit.write(
        session,
        by,
        "duplicate.same" if same else "duplicate.different",
        f"member:{duplicate.member_id}",
        duplicate=str(duplicate.id),
        before=before,
    )
    await _refresh(session, [duplicate.member_id, duplicate.other_id, person.member_id if person else None])


async def _waiting(session: Session, duplicate: Duplicate) -> WaitingPerson | None:
    if duplicate.waiting_id is None:
        return None
    found: WaitingPerson = await session.get_one(WaitingPerson, duplicate.waiting_id, with_for_update=True)
    return found


async def _unite(session: Session, duplicate: Duplicate, person: WaitingPerson | None) -> None:
    if person is not None and person.member_id is None:
        duplicate.moved = await waiting.give(session, person, duplicate.member_id)
        return
    other_id = person.member_id if person is not None else duplicate.other_id
    if other_id is None or other_id == duplicate.member_id or await session.get(Member, other_id) is None:
        raise errors.conflict(_("The other record is not there any more."))
    if person is not None and await _decided_elsewhere(session, duplicate):
        raise errors.conflict(_("This person was decided to be somebody else. Split that first."))
    kept_id, gone_id = await _in_order(session, duplicate.member_id, other_id)
    if person is None:
        duplicate.member_id, duplicate.other_id = kept_id, gone_id
    else:
        duplicate.member_id = kept_id
    await session.flush()
    duplicate_id = duplicate.id
    moved = await merge(session, kept_id, gone_id)
    await lines.derive(session, kept_id)
    await session.execute(update(Duplicate).where(Duplicate.id == duplicate_id).values(moved=moved))
    await session.refresh(duplicate)
    if person is not None:
        await session.refresh(person)


async def _in_order(session: Session, first: UUID, second: UUID) -> tuple[UUID, UUID]:
    """Who stays and who goes: an account stays."""
    claimed = [await session.get(Account, member_id) is not None for member_id in (first, second)]
    if all(claimed):
        raise Problem(BOTH_CLAIMED)
    return (second, first) if claimed[1] else (first, second)


async def _separate(session: Session, duplicate: Duplicate, person: WaitingPerson | None) -> None:
    moved, member_id = duplicate.moved or {}, duplicate.member_id
    if "member" in moved:
        came_with = [row["address"] for name, _column, row in moved["moved"] if name == "email_address"]
        theirs = await belongs_to_other(session, member_id, came_with)
        new_id = await part(session, member_id, moved)
        await lines.claim_rows(session, member_id, new_id)
        for one in (member_id, new_id):
            await lines.derive(session, one)
        await session.refresh(duplicate)
    elif person is not None:
        theirs = await belongs_to_other(session, member_id, _said_addresses(person))
        await waiting.take_back(session, member_id, person, moved)
        new_id = await waiting.make_new(session, person)
    else:
        raise errors.conflict(_("The other record is not there any more."))
    duplicate.moved = None
    await session.flush()
    if theirs:
        await swap_records(session, member_id, new_id)
        await session.refresh(duplicate)
    if person is not None:
        await session.refresh(person)


async def _settle_others(
    session: Session, duplicate: Duplicate, person: WaitingPerson, *, same: bool, by: UUID
) -> None:
    """Whoever is one member is none of the other candidates; whoever is none of them is new."""
    others = select(Duplicate).where(
        Duplicate.waiting_id == person.id, Duplicate.id != duplicate.id, Duplicate.decision.is_(None)
    )
    undecided = list(await session.scalars(others))
    if same:
        for other in undecided:
            other.decision, other.decided_by, other.decided_at = "different", by, clock.now()
    elif not undecided and person.member_id is None:
        await waiting.make_new(session, person)
    await session.flush()


async def _decided_elsewhere(session: Session, duplicate: Duplicate) -> bool:
    found = await session.scalar(
        select(Duplicate.id).where(
            Duplicate.waiting_id == duplicate.waiting_id, Duplicate.id != duplicate.id, Duplicate.decision == "same"
        )
    )
    return found is not None


def _said_addresses(person: WaitingPerson) -> list[str]:
    return [address for entry in person.lines for address in addresses_of(entry["line"])]


async def _refresh(session: Session, member_ids: Iterable[UUID | None]) -> None:
    """What is derived of the members and of their exchanges."""
    members = [member_id for member_id in member_ids if member_id is not None]
    await people.refresh_adulthood(session, members)
    visited = list(
        await session.scalars(select(Participation.exchange_id).where(Participation.member_id.in_(members)).distinct())
    )
    await people.refresh_exchanges(session, visited)
    await refresh_directory(session, members)
    await keep_cohorts(session, visited)
    await settle(session, members)
