"""The demo's host in Japan with her secretary, and which visitors let her see how they are doing."""

from datetime import date, timedelta

from sqlalchemy import select, update

from ssc.accounts import passwords
from ssc.accounts.addresses import key_of
from ssc.accounts.models import Account, EmailAddress
from ssc.communities.hosting.models import HostSeat
from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.demo.cast import PASSWORD
from ssc.directory import actions as directory
from ssc.people.actions import name_key
from ssc.people.models import Consent, Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.claiming.rules import WORDING

PEOPLE = (
    ("host", "Haruka Endo", "遠藤 春香", date(1968, 5, 3), "Professor of Materials Science"),
    ("secretary", "Mizuki Hayashi", "林 瑞希", date(1985, 11, 20), "International office"),
)
TELLING = ("member1", "member3", "member8")


async def seat(session: Session) -> None:
    """For the organisation that received the nine: all its exchanges are hers to look after, and her secretary's."""
    exchange = await session.scalar(
        select(Exchange)
        .join(Participation, Participation.exchange_id == Exchange.id)
        .join(Member, Member.id == Participation.member_id)
        .where(Member.handle == "member1")
    )
    if exchange is None or exchange.host_id is None:
        return
    hashed = await passwords.hashed(PASSWORD)
    host, secretary = [await _person(session, hashed, *one) for one in PEOPLE]
    now = clock.now()
    asked = {"created_at": now - timedelta(days=40), "accepted_at": now - timedelta(days=38)}
    session.add(HostSeat(member_id=host.id, organisation_id=exchange.host_id, name=host.name, **asked))
    session.add(HostSeat(member_id=secretary.id, host_id=host.id, name=secretary.name, by_id=host.id, **asked))
    await session.execute(update(Member).where(Member.handle.in_(TELLING)).values(hosts_see=True))
    await session.flush()
    await directory.refresh(session, [host.id, secretary.id])


async def _person(
    session: Session, hashed: str, handle: str, name: str, native: str, born: date, headline: str
) -> Member:
    made = Member(
        id=ids.new(),
        handle=handle,
        name=name,
        name_native=native,
        name_key=name_key(name),
        country="JP",
        lives_in="JP",
        birth_date=born,
        adult_from=born.replace(year=born.year + 18),
        headline=headline,
        affiliation="Nagaoka University of Technology",
        languages=["ja", "en"],
        joined_at=clock.now() - timedelta(days=39),
    )
    session.add(made)
    await session.flush()
    address = f"{handle}@demo.example"
    session.add(Account(member_id=made.id, password_hash=hashed, password_set_at=made.joined_at))
    session.add(
        EmailAddress(
            member_id=made.id,
            address=address,
            key=key_of(address),
            confirmed_at=made.joined_at,
            is_primary=True,
            source="claim",
        )
    )
    session.add_all(Consent(member_id=made.id, kind=kind, version=WORDING) for kind in ("terms", "privacy"))
    return made
