"""The first account, offices and invitations from the command line."""

from pathlib import Path

import anyio
import psycopg

from tests.cast import BASE, Cast
from tests.cli.conftest import Ssc


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_the_first_account_of_an_empty_club(ssc: Ssc, database_url: str) -> None:
    """Made again before she has used it, the link is a fresh one for the same person."""
    first, second = (ssc("staff", "sachi@example.org", "Sachi  Sato") for _ in range(2))
    links = [done.output.splitlines()[-1] for done in (first, second)]
    assert [link.rpartition("/")[0] for link in links] == ["http://localhost:8000/invitations"] * 2
    assert links[0] != links[1]
    people = rows(database_url, "SELECT name, role, joined_at FROM member JOIN role ON role.member_id = member.id")
    assert people == [("Sachi Sato", "staff", None)]
    audited = rows(database_url, "SELECT actor, action FROM audit_entry ORDER BY at, action")
    assert audited[0] == ("cli", "member.create")


def test_a_club_with_staff_needs_no_first_account(ssc: Ssc) -> None:
    ssc("demo", "--members", "60")
    done = ssc("staff", "sachi@example.org", "Sachi Sato")
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        1,
        "Error: This club has staff already. Use `ssc grant EMAIL staff` for further people.",
    )


def test_an_office_is_granted_once_and_noted(ssc: Ssc, database_url: str) -> None:
    ssc("demo", "--members", "60")
    first, second = (ssc("grant", "Member1@Demo.Example", "coordinator:IN") for _ in range(2))
    assert first.output.strip().endswith(" is coordinator:IN from today.")
    assert second.output.strip().endswith(" is coordinator:IN already.")
    noted = "SELECT details FROM audit_entry WHERE action = 'role.grant' AND reason = 'command line'"
    assert rows(database_url, noted) == [({"role": "coordinator:IN"},)]


def test_what_is_no_office_no_address_or_nobodys_is_said(ssc: Ssc) -> None:
    said = [
        ssc(*arguments).output.splitlines()[-1]
        for arguments in (
            ("grant", "nobody@example.org", "staff"),
            ("grant", "nobody@example.org", "king"),
            ("grant", "nobody@example.org", "coordinator:XX"),
            ("invite", "nonsense"),
            ("invite", "nobody@example.org"),
        )
    ]
    assert said[0] == "Error: Nobody has this address. Import or invite the person first."
    assert [line.split(": ")[1].split("'")[1] for line in said[1:4]] == ["ROLE", "ROLE", "EMAIL"]
    assert said[4].startswith("Error: Nobody with this address is to be invited: ")


def test_a_roster_is_rehearsed_imported_and_its_people_invited(ssc: Ssc, database_url: str, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "name,email,country,birth_date,programme,exchange_code,exchange_title,fiscal_year,host\n"
        "Somchai Jaidee,somchai@example.org,TH,1999-05-01,ssp-a,SSP-1,Rice,2019,Chiba University\n"
        "Mai Nguyen,mai@example.org,Nowhereland,1999-05-01,ssp-a,SSP-1,Rice,2019,Chiba University\n",
        encoding="utf-8",
    )
    rehearsed = ssc("import-roster", str(roster), "--dry-run")
    assert rows(database_url, "SELECT count(*) FROM member") == [(0,)]
    imported, again = ssc("import-roster", str(roster)), ssc("import-roster", str(roster))
    assert rehearsed.output.splitlines()[-1].startswith("Nothing was changed. There would be 1 new members, ")
    assert imported.output.splitlines()[-2].startswith("Row 3, country: ")
    assert imported.output.splitlines()[-1].startswith("Done: 1 new members, 0 rows updated, 0 unchanged, ")
    assert again.output.splitlines()[-1].startswith("Done: 0 new members, 0 rows updated, 1 unchanged, ")
    assert ssc("invite", "somchai@example.org").output.startswith("Invited: 1. ")


def test_a_file_that_is_no_roster_is_refused_in_one_line(ssc: Ssc, tmp_path: Path) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = ssc("import-roster", "photo.csv")
    assert (done.exit_code, len(done.output.splitlines()[-1]) > 20, "Traceback" in done.output) == (1, True, False)


async def test_the_first_account_opens_the_club_and_its_desk(ssc: Ssc, cast: Cast) -> None:
    made = await anyio.to_thread.run_sync(ssc, "staff", "sachi@example.org", "Sachi Sato")
    link = made.output.splitlines()[-1]
    async with cast.visitor() as browser:
        shown = await browser.get(link)
        claim = {"birth_date": "1980-04-01", "terms": True}
        opened = await browser.post(f"/api/v1{link.removeprefix(BASE)}/accept", json=claim)
        desk = await browser.get("/api/v1/desk/queue")
    assert (shown.status_code, opened.status_code, desk.status_code) == (200, 201, 200), opened.text
