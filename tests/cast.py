"""The cast: people who appear in every story, made when first called for, and their browsers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import select

from ssc.accounts.addresses import key_of
from ssc.accounts.models import AccessToken, Account, EmailAddress, SignedInSession
from ssc.accounts.rules import LASTS, spelled
from ssc.app import BOOKS
from ssc.core import clock, ids, jobs, text
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.directory import actions as directory
from ssc.people import actions as people
from ssc.people import queries
from ssc.people.models import Block, Member, Participation
from ssc.programmes.models import Exchange, Organisation, OrganisationName
from tests.door import Door

BASE = "http://localhost:8000"
PASSWORD = "seven quiet herons wade"


class Cast:
    """Makes members, exchanges and clients. Each helper commits, so that the application sees what it made."""

    def __init__(self, app: FastAPI, running: Process) -> None:
        self.app = app
        self.running = running

    def visitor(self, *, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        """A browser without a cookie, at a network address."""
        return httpx.AsyncClient(transport=Door(self.app, (address, 4711)), base_url=BASE, headers=headers)

    async def member(
        self, name: str, *, country: str = "TH", claimed: bool = True, email: str | None = None, **columns: Any
    ) -> Member:
        """A member. Claimed ones have a handle made from the name, a confirmed address (`<handle>@example.org`)
        and the password `PASSWORD`."""
        handle = name.lower().replace(" ", "-") if claimed else None
        values: dict[str, Any] = {
            "handle": handle,
            "name": name,
            "name_key": people.name_key(name),
            "country": country,
            "birth_date": date(1995, 4, 30),
            "joined_at": clock.now() if claimed else None,
            **columns,
        }
        async with self.running.database.transaction() as session:
            made = Member(**values)
            session.add(made)
            await session.flush()
            if claimed:
                await _with_account(session, made, email or f"{handle}@example.org")
            await people.refresh_adulthood(session, [made.id])
            await directory.refresh(session, [made.id])
            await session.refresh(made)
            return made

    async def staff(self, name: str = "Sachi Staff") -> Member:
        """Somebody of the secretariat."""
        return await self.holder(name, "staff", country="JP")

    async def coordinator(self, country: str, name: str = "Cora Coordinator") -> Member:
        return await self.holder(name, f"coordinator:{country}", country=country)

    async def holder(self, name: str, *roles: str, **columns: Any) -> Member:
        """A member with terms of office that run."""
        made = await self.member(name, **columns)
        for role in roles:
            await self.grant(made, role)
        return made

    async def grant(self, member: Member, role: str) -> None:
        async with self.running.database.transaction() as session:
            await people.grant_role(session, member, role, by="cli", reason="", starts_on=date(2020, 4, 1))

    async def minor(self, name: str = "Mina Minor", **columns: Any) -> Member:
        """A member of sixteen years."""
        return await self.member(name, birth_date=clock.today_in_japan() - timedelta(days=16 * 366), **columns)

    async def browser(self, member: Member, **headers: str) -> httpx.AsyncClient:
        """A browser in which this member has just signed in."""
        secret = ids.secret()
        async with self.running.database.transaction() as session:
            roles = await queries.roles_of(session, member.id, clock.today_in_japan())
            session.add(
                SignedInSession(
                    member_id=member.id,
                    digest=ids.digest(secret),
                    device="Firefox on Linux",
                    rights=spelled(frozenset(role.spelled for role in roles)),
                    expires_at=clock.now() + LASTS,
                )
            )
        client = self.visitor(**headers)
        client.cookies.set(self.running.settings.session_cookie, secret, domain="localhost.local", path="/")
        return client

    async def bearer(self, member: Member, *scopes: str) -> httpx.AsyncClient:
        """A program with an access token of this member."""
        secret = ids.secret()
        async with self.running.database.transaction() as session:
            session.add(
                AccessToken(
                    member_id=member.id,
                    name="A program",
                    digest=ids.digest(secret),
                    scopes=list(scopes),
                    expires_at=clock.now() + timedelta(days=30),
                )
            )
        return self.visitor(authorization=f"Bearer {secret}")

    async def address(self, member: Member, email: str, *, confirmed: bool = True, source: str = "member") -> None:
        """A further address of the member, confirmed for a year."""
        async with self.running.database.transaction() as session:
            session.add(
                EmailAddress(
                    member_id=member.id,
                    address=email,
                    key=key_of(email),
                    confirmed_at=clock.now() - timedelta(days=365) if confirmed else None,
                    source=source,
                )
            )

    async def run_jobs(self) -> None:
        """Runs the jobs that wait, and those that they ask for, until none is left."""
        async with jobs.worker_app(self.running.database, list(BOOKS)).open_async() as app:
            await app.run_worker_async(
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                additional_context={"process": self.running},
            )

    def letters(self) -> list["Sent"]:
        """The letters that have left, in their order."""
        return [Sent.read(path) for path in sorted((self.running.settings.data_dir / "mail").glob("*.eml"))]

    async def exchange(
        self,
        code: str,
        members: Sequence[Member] = (),
        *,
        programme: str = "ssp-a",
        fiscal_year: int = 2023,
        host: str = "Chiba University",
        role: str = "participant",
        **columns: Any,
    ) -> Exchange:
        """An exchange in which these members took part."""
        async with self.running.database.transaction() as session:
            made = Exchange(
                code=code,
                title=columns.pop("title", f"Exchange {code}"),
                programme=programme,
                fiscal_year=fiscal_year,
                host_id=(await organisation(session, host, "JP")).id,
                starts_on=columns.pop("starts_on", date(fiscal_year, 10, 2)),
                ends_on=columns.pop("ends_on", date(fiscal_year, 10, 8)),
                **columns,
            )
            session.add(made)
            await session.flush()
            await self._take_part(session, made, members, role)
            return made

    async def change(self, member: Member, **columns: Any) -> None:
        """Sets columns of a member as if they had always been so."""
        async with self.running.database.transaction() as session:
            held = await session.get_one(Member, member.id)
            for name, value in columns.items():
                setattr(held, name, value)
            await session.flush()
            await people.refresh_adulthood(session, [member.id])
            await directory.refresh(session, [member.id])

    async def block(self, member: Member, other: Member) -> None:
        async with self.running.database.transaction() as session:
            session.add(Block(member_id=member.id, blocked_id=other.id))

    async def takes_part(self, exchange: Exchange, *members: Member, role: str = "participant") -> None:
        async with self.running.database.transaction() as session:
            await self._take_part(session, exchange, members, role)

    async def _take_part(self, session: Session, exchange: Exchange, members: Sequence[Member], role: str) -> None:
        for member in members:
            session.add(Participation(member_id=member.id, exchange_id=exchange.id, role=role))
        await session.flush()
        await people.refresh_adulthood(session, [member.id for member in members])
        await people.refresh_exchanges(session, [exchange.id])
        await directory.refresh(session, [member.id for member in members])


@dataclass(frozen=True)
class Sent:
    """A letter as it left."""

    to: str
    subject: str
    text: str
    html: str
    language: str
    links: list[str]
    pictures: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Sent":
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain is not None and html is not None
        text = plain.get_content()
        links = re.findall(r"https?://[^\s<>]+", text)
        related = [part for part in mail.walk() if part.get_content_maintype() == "image"]
        pictures = {str(part["Content-ID"]): part.get_content() for part in related}
        return cls(mail["To"], mail["Subject"], text, html.get_content(), mail["Content-Language"], links, pictures)


async def _with_account(session: Session, member: Member, address: str) -> None:
    session.add(Account(member_id=member.id, password_hash=_password_hash(), password_set_at=clock.now()))
    session.add(
        EmailAddress(
            member_id=member.id,
            address=address,
            key=key_of(address),
            confirmed_at=clock.now(),
            is_primary=True,
            source="claim",
        )
    )
    await session.flush()


@cache
def _password_hash() -> str:
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(PASSWORD)


async def organisation(session: Session, name: str, country: str | None = None) -> Organisation:
    """The organisation of this name, made when it is new."""
    key = text.plain(name)
    found: Organisation | None = await session.scalar(
        select(Organisation).join(OrganisationName).where(OrganisationName.key == key)
    )
    if found is None:
        found = Organisation(id=ids.new(), name=name, country=country)
        session.add(found)
        await session.flush()
        session.add(OrganisationName(organisation_id=found.id, name=name, key=key))
        await session.flush()
    return found
