"""`ssc staff`, `ssc grant` and `ssc invite`: the first account, offices, single invitations."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from ssc.accounts.addresses import Email, key_of
from ssc.accounts.models import EmailAddress
from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.communities.actions import settle
from ssc.core import audit, clock
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.people import actions as people
from ssc.people import queries
from ssc.people.models import Member, Role
from ssc.places import countries
from ssc.roster.inviting import actions as inviting

HOME = "JP"
_OFFICE = re.compile(r"staff|editor|moderator|coordinator:([A-Z]{2})")


class Address(click.ParamType[str]):
    """A mail address; what cannot be one is a usage error."""

    name = "email"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return TypeAdapter[str](Email).validate_python(value)
        except ValidationError:
            self.fail(f"{value!r} is no mail address.", param, ctx)


class Office(click.ParamType[str]):
    """A role as the API spells it."""

    name = "role"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        match = _OFFICE.fullmatch(value)
        if match is None or (match[1] and match[1] not in countries.CODES):
            self.fail(f"{value!r} is none of staff, editor, moderator, coordinator:XX (a country).", param, ctx)
        return str(value)


@click.command()
@click.argument("email", type=Address())
@click.argument("name")
def staff(email: str, name: str) -> None:
    """Make the first account of an empty club: prints the link at which NAME claims it."""
    link = _in_transaction(lambda session: open_club(session, email, " ".join(name.split())))
    click.echo("Open this link in a browser; it works once:")
    click.echo(link)


@click.command()
@click.argument("email", type=Address())
@click.argument("role", type=Office())
def grant(email: str, role: str) -> None:
    """Give the person with this address an office: staff, editor, moderator or coordinator:XX."""
    click.echo(_in_transaction(lambda session: give_office(session, email, role)))


@click.command()
@click.argument("email", type=Address())
def invite(email: str) -> None:
    """Mail an invitation to the record that has this address."""
    sent = _in_transaction(lambda session: inviting.invite_address(session, email, by="cli"))
    if not sent:
        raise click.ClickException(
            "Nobody with this address is to be invited: it is not on the roster, or its person has joined, "
            "is invited already, or is not to be contacted."
        )
    click.echo(f"Invited: {len(sent)}. The letter leaves as soon as `ssc serve` or `ssc worker` runs.")


async def open_club(session: Session, address: str, name: str) -> str:
    """A staff member without an account, and the link to claim it; a fresh link when she did not use the former."""
    holders = await session.execute(
        select(Member, EmailAddress)
        .join(Role, Role.member_id == Member.id)
        .outerjoin(EmailAddress, EmailAddress.member_id == Member.id)
        .where(Role.role == "staff")
    )
    member = None
    for known, row in holders:
        if known.joined_at is not None:
            raise click.ClickException("This club has staff already. Use `ssc grant EMAIL staff` for further people.")
        if row is not None and row.key == key_of(address):
            member = known
    if member is None:
        member = await _record(session, address, name)
    return await inviting.claim_link(session, member, address, by="cli")


async def _record(session: Session, address: str, name: str) -> Member:
    if not name:
        raise click.UsageError("The name must not be empty.")
    member = Member(name=name, name_key=people.name_key(name), country=HOME)
    session.add(member)
    await session.flush()
    session.add(EmailAddress(member_id=member.id, address=address, key=key_of(address), source="roster"))
    await session.flush()
    audit.write(session, "cli", "member.create", f"member:{member.id}", "first account")
    await people.grant_role(
        session, member, "staff", by="cli", reason="first account", starts_on=clock.today_in_japan()
    )
    return member


async def give_office(session: Session, address: str, role: str) -> str:
    """Grants the role and says so; says so too when it is held already."""
    member = await _holder(session, address)
    today = clock.today_in_japan()
    if role in {term.spelled for term in await queries.roles_of(session, member.id, today)}:
        return f"{member.name} is {role} already."
    await people.grant_role(session, member, role, by="cli", reason="command line", starts_on=today)
    await settle(session, [member.id])
    return f"{member.name} is {role} from today."


async def _holder(session: Session, address: str) -> Member:
    """Whoever confirmed the address; else the only record that has it."""
    rows = list(await session.scalars(select(EmailAddress).where(EmailAddress.key == key_of(address))))
    confirmed = [row for row in rows if row.confirmed_at is not None]
    ids = {row.member_id for row in confirmed or rows}
    if not ids:
        raise click.ClickException("Nobody has this address. Import or invite the person first.")
    if len(ids) > 1:
        raise click.ClickException("Several records share this address. Let the person claim hers first.")
    return await session.get_one(Member, ids.pop())


def _in_transaction(act: Callable[[Session], Awaitable[Any]]) -> Any:
    async def acting(process: Process) -> Any:
        async with process.database.transaction() as session:
            return await act(session)

    return with_process(load_settings(), acting)
