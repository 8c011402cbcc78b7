"""The cast: people who appear in every story, made when first called for, and their browsers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from ssc.core import clock, ids, text
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, Organisation, OrganisationName

BASE = "http://localhost:8000"


class Cast:
    """Makes members, exchanges and clients. Each helper commits, so that the application sees what it made."""

    def __init__(self, app: FastAPI, running: Process) -> None:
        self.app = app
        self.running = running

    def visitor(self, **headers: str) -> httpx.AsyncClient:
        """A browser without a cookie."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers)

    async def member(self, name: str, *, country: str = "TH", claimed: bool = True, **columns: Any) -> Member:
        """A member; claimed ones have a handle made from the name."""
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
            await people.refresh_adulthood(session, [made.id])
            await session.refresh(made)
            return made

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

    async def takes_part(self, exchange: Exchange, *members: Member, role: str = "participant") -> None:
        async with self.running.database.transaction() as session:
            await self._take_part(session, exchange, members, role)

    async def _take_part(self, session: Session, exchange: Exchange, members: Sequence[Member], role: str) -> None:
        for member in members:
            session.add(Participation(member_id=member.id, exchange_id=exchange.id, role=role))
        await session.flush()
        await people.refresh_adulthood(session, [member.id for member in members])
        await people.refresh_exchanges(session, [exchange.id])


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
