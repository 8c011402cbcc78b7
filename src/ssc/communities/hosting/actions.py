"""Taking a host's seat, giving it back, ending it."""

from uuid import UUID

from sqlalchemy import update

from ssc.communities.hosting.models import HostSeat
from ssc.communities.hosting.notices import HOSTING
from ssc.core import audit, clock, ids
from ssc.core.db import Session
from ssc.notifications import actions as notifications
from ssc.people.models import Member


async def offer(
    session: Session,
    member: Member,
    name: str,
    *,
    by: UUID,
    host: Member | None = None,
    organisation: tuple[UUID, str] | None = None,
) -> HostSeat:
    """Asks a person to take a seat: for one of host and organisation. An account hears of it by a notice."""
    made = HostSeat(
        id=ids.new(),
        member_id=member.id,
        host_id=host.id if host else None,
        organisation_id=organisation[0] if organisation else None,
        name=name,
        by_id=by,
    )
    session.add(made)
    await session.flush()
    about = f"organisation:{organisation[0]}" if organisation else f"member:{by}"
    audit.write(session, by, "host-seat.offer", f"member:{member.id}", about=about)
    await notifications.tell(
        session,
        HOSTING,
        [member.id],
        subject=f"host-seat:{made.id}",
        url="/me/exchanges",
        data={"organisation": organisation[1]} if organisation else {"host": host.name if host else ""},
        by=by,
    )
    return made


async def accept(session: Session, seat: HostSeat) -> None:
    """From now on it gives its rights. Twice is once."""
    if seat.accepted_at is None:
        seat.accepted_at = clock.now()
        audit.write(session, seat.member_id, "host-seat.accept", f"host-seat:{seat.id}")
        await notifications.withdraw(session, f"host-seat:{seat.id}")
        await session.flush()


async def accept_all(session: Session, member_id: UUID) -> None:
    """With the claim of her record she takes what its letter offered."""
    await session.execute(
        update(HostSeat)
        .where(HostSeat.member_id == member_id, HostSeat.accepted_at.is_(None), HostSeat.ended_at.is_(None))
        .values(accepted_at=clock.now())
    )


async def end(session: Session, seat: HostSeat, *, by: UUID) -> None:
    """At once: by whom it is for, by who gave it, or by who has it."""
    seat.ended_at = clock.now()
    audit.write(session, by, "host-seat.end", f"host-seat:{seat.id}", member=str(seat.member_id))
    await notifications.withdraw(session, f"host-seat:{seat.id}")
    await session.flush()


async def undo_claim(session: Session, member_id: UUID) -> None:
    """Who claimed was somebody else: whom she let act for her does so no more, and what she took waits again."""
    await session.execute(
        update(HostSeat).where(HostSeat.host_id == member_id, HostSeat.ended_at.is_(None)).values(ended_at=clock.now())
    )
    await session.execute(update(HostSeat).where(HostSeat.member_id == member_id).values(accepted_at=None))
