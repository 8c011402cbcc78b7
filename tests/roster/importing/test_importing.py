"""What an import makes of a file, and what a second one changes."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select, update

from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.core.process import Process
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, Organisation
from ssc.roster.importing.models import RosterOutcome
from ssc.roster.reading import Mapping
from tests.roster.conftest import Addresses, Import, Imported, Roster
from tests.roster.reading.files import csv_of

SAMPLE = Path(__file__).parent.parent / "reading" / "roster-sample.csv"
HEADER = "name,email,birth_date,country,exchange_code,host,role"
ASHA = "Asha Rao,asha@a.example,1990-01-02,IN,SSP-A-2014-00001,Kyushu University,participant"
BINH = "Binh Tran,binh@a.example,1991-02-03,VN,SSP-A-2014-00001,Kyushu University,participant"


async def test_the_sample_comes_in_and_a_second_time_changes_nothing(imported: Import, roster: Roster) -> None:
    """Case 64."""
    first = await imported(SAMPLE.read_bytes())
    assert first.record.failure is None
    assert (first.record.state, first.record.rows, first.record.done) == ("done", 427, 427)
    assert first.counts == {"created": 401, "updated": 14, "unchanged": 3, "waiting": 2, "bad": 7}
    before = await roster()
    second = await imported(SAMPLE.read_bytes())
    assert second.counts == {"unchanged": 418, "waiting": 2, "bad": 7}
    assert await roster() == before


async def test_a_rehearsal_tells_every_outcome_and_changes_nothing(
    imported: Import, roster: Roster, running: Process
) -> None:
    rehearsed = await imported(SAMPLE.read_bytes(), dry_run=True)
    assert await roster() == {}
    async with running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Exchange)) == 0
        assert await session.scalar(select(func.count()).select_from(Organisation)) == 0
    real = await imported(SAMPLE.read_bytes())
    assert (rehearsed.outcomes, rehearsed.counts) == (real.outcomes, real.counts)
    assert (await imported(SAMPLE.read_bytes(), dry_run=True)).counts == {"unchanged": 418, "waiting": 2, "bad": 7}


async def test_a_row_becomes_a_member_an_exchange_and_a_participation(imported: Import, running: Process) -> None:
    await imported(
        csv_of(
            "name,name_native,email,email_2,country,birth_date,exchange_code,exchange_title,host,sending,role,starts_on,"
            "ends_on,field,do_not_contact",
            "Asha Rao,आशा,asha@a.example,asha@b.example,India,1990-01-02,SSP-B-2014-00001,Robots,Kyushu University,"
            "IIT Delhi; IIT Madras,引率,2014-11-04,2014-11-10,Robotics,yes",
        )
    )
    async with running.database.transaction() as session:
        member = await session.scalar(select(Member))
        assert member is not None
        assert (member.name, member.name_native, member.country) == ("Asha Rao", "आशा", "IN")
        assert (member.birth_date, member.adult_from) == (date(1990, 1, 2), date(2008, 1, 2))
        assert (member.do_not_contact, member.mail_opt_out, member.joined_at, member.handle) == (
            True,
            False,
            None,
            None,
        )
        exchange = await session.scalar(select(Exchange))
        assert exchange is not None
        assert (exchange.title, exchange.programme, exchange.fiscal_year) == ("Robots", "ssp-b", 2014)
        assert (exchange.starts_on, exchange.ends_on) == (date(2014, 11, 4), date(2014, 11, 10))
        assert (exchange.fields, exchange.countries) == (["Robotics"], ["IN"])
        organisations = await session.execute(
            select(Organisation.name, Organisation.country).order_by(Organisation.name)
        )
        assert [tuple(row) for row in organisations] == [
            ("IIT Delhi", "IN"),
            ("IIT Madras", "IN"),
            ("Kyushu University", "JP"),
        ]
        part = await session.scalar(select(Participation))
        assert part is not None
        assert (part.role, part.field) == ("supervisor", "Robotics")


async def test_a_corrected_row_updates(imported: Import, roster: Roster, running: Process) -> None:
    await imported(csv_of(HEADER, ASHA, BINH))
    corrected = ASHA.replace("Asha Rao", "Asha Rau").replace("Kyushu", "Kyoto").replace("participant", "supervisor")
    again = await imported(csv_of(HEADER, corrected, BINH))
    assert again.outcomes == {2: "updated", 3: "unchanged"}
    assert await roster() == {"Asha Rau": ["SSP-A-2014-00001"], "Binh Tran": ["SSP-A-2014-00001"]}
    async with running.database.transaction() as session:
        host = await session.scalar(select(Organisation.name).join(Exchange, Exchange.host_id == Organisation.id))
        roles = await session.scalars(select(Participation.role).order_by(Participation.role))
        changes = await session.scalar(
            select(RosterOutcome.changes).where(RosterOutcome.import_id == again.record.id, RosterOutcome.row == 2)
        )
    assert (host, list(roles)) == ("Kyoto University", ["participant", "supervisor"])
    assert changes == {
        "name": ["Asha Rao", "Asha Rau"],
        "host": ["Kyushu University", "Kyoto University"],
        "role": ["participant", "supervisor"],
    }
    assert (await imported(csv_of(HEADER, corrected, BINH))).counts == {"unchanged": 2}


async def test_the_same_person_in_two_years_is_one_member(imported: Import, roster: Roster) -> None:
    later = ASHA.replace("2014-00001", "2019-00007")
    assert (await imported(csv_of(HEADER, ASHA, later))).outcomes == {2: "created", 3: "updated"}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}
    assert (await imported(csv_of(HEADER, later))).counts == {"unchanged": 1}
    assert (await imported(csv_of(HEADER, ASHA))).counts == {"unchanged": 1}


async def test_the_same_person_in_two_files_is_one_member(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA))
    assert (await imported(csv_of(HEADER, ASHA.replace("2014-00001", "2019-00007")))).counts == {"updated": 1}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}


async def test_without_an_address_name_country_and_birth_date_are_enough(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA))
    nameless = ASHA.replace("asha@a.example", "").replace("2014-00001", "2019-00007")
    assert (await imported(csv_of(HEADER, nameless))).counts == {"updated": 1}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}


async def test_only_name_country_and_exchange_are_needed(imported: Import, roster: Roster) -> None:
    content = csv_of("name,country,exchange_code", "Asha Rao,IN,SSP-A-2014-00001", "Binh,VN,SSP-A-2014-00001")
    assert (await imported(content)).counts == {"created": 2}
    assert (await imported(content)).counts == {"unchanged": 2}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001"], "Binh": ["SSP-A-2014-00001"]}


async def test_an_exchange_corrected_in_a_row_is_taken_away(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA, BINH))
    again = await imported(csv_of(HEADER, ASHA.replace("00001", "00002"), BINH))
    assert again.outcomes == {2: "updated", 3: "unchanged"}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00002"], "Binh Tran": ["SSP-A-2014-00001"]}


async def test_a_corrected_row_alone_takes_away_what_it_said(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA, BINH))
    await imported(csv_of(HEADER, ASHA.replace("00001", "00002")))
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00002"], "Binh Tran": ["SSP-A-2014-00001"]}


async def test_a_row_given_to_another_person_is_taken_from_the_first(imported: Import, roster: Roster) -> None:
    second = ASHA.replace("2014-00001", "2019-00007")
    await imported(csv_of(HEADER, ASHA, second, BINH))
    await imported(csv_of(HEADER, ASHA, BINH.replace("2014-00001", "2019-00007"), BINH))
    assert await roster() == {
        "Asha Rao": ["SSP-A-2014-00001"],
        "Binh Tran": ["SSP-A-2014-00001", "SSP-A-2019-00007"],
    }


async def test_a_row_that_says_withdrawn_takes_away_and_makes_nobody(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA))
    withdrawn = [line.replace("participant", "辞退") for line in (ASHA, BINH)]
    assert (await imported(csv_of(HEADER, *withdrawn))).outcomes == {2: "updated", 3: "unchanged"}
    assert await roster() == {"Asha Rao": []}
    assert (await imported(csv_of(HEADER, *withdrawn))).counts == {"unchanged": 2}


async def test_a_part_of_the_roster_takes_nothing_away(imported: Import, roster: Roster) -> None:
    chen = ASHA.replace("Asha Rao,asha@a.example,1990-01-02,IN", "Chen Wei,chen@a.example,1992-03-04,CN")
    dao = ASHA.replace("Asha Rao,asha@a.example,1990-01-02,IN", "Dao Van,dao@a.example,1993-03-04,VN")
    both = [ASHA, ASHA.replace("2014-00001", "2014-00009"), BINH, chen]
    await imported(csv_of(HEADER, *both), "2014.csv")
    await imported(csv_of(HEADER, dao, ASHA.replace("2014-00001", "2019-00002")), "late.csv")
    assert (await roster())["Asha Rao"] == ["SSP-A-2014-00001", "SSP-A-2014-00009", "SSP-A-2019-00002"]


async def test_a_row_that_cannot_be_read_takes_nothing_away(imported: Import, roster: Roster) -> None:
    second = ASHA.replace("2014-00001", "2019-00007")
    await imported(csv_of(HEADER, ASHA, second, BINH))
    again = await imported(csv_of(HEADER, ASHA.replace("1990-01-02", "1990-02-30"), second, BINH))
    assert again.outcomes == {2: "bad", 3: "unchanged", 4: "unchanged"}
    assert (await roster())["Asha Rao"] == ["SSP-A-2014-00001", "SSP-A-2019-00007"]


async def test_likely_duplicates_wait_and_are_neither_merged_nor_doubled(imported: Import, roster: Roster) -> None:
    await imported(csv_of(HEADER, ASHA))
    moved = ASHA.replace("asha@a.example", "asha@b.example").replace("2014-00001", "2019-00007")
    assert (await imported(csv_of(HEADER, moved))).counts == {"waiting": 1}
    assert (await imported(csv_of(HEADER, moved))).counts == {"waiting": 1}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001"]}


async def test_namesakes_born_on_other_days_are_two(imported: Import, roster: Roster) -> None:
    other = ASHA.replace("asha@a.example", "rao@b.example").replace("1990-01-02", "1975-10-23")
    assert (await imported(csv_of(HEADER, ASHA, other))).counts == {"created": 2}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2014-00001"]}


async def test_a_mailbox_that_several_share_makes_them_not_one(imported: Import, roster: Roster) -> None:
    people = (("Asha Rao", "1990-01-02"), ("Binh Tran", "1975-11-23"), ("Chen Wei", "1982-06-30"))
    lines = [f"{name},office@a.example,{born},IN,SSP-A-2014-00001,,participant" for name, born in people]
    assert (await imported(csv_of(HEADER, *lines))).counts == {"created": 3}
    assert (await imported(csv_of(HEADER, *lines))).counts == {"unchanged": 3}


async def test_a_name_corrected_beyond_likeness_is_the_same_person_by_her_address(
    imported: Import, roster: Roster
) -> None:
    header = "name,email,country,exchange_code"
    await imported(csv_of(header, "Asha,asha@a.example,IN,SSP-A-2014-1", "Binh,binh@a.example,VN,SSP-A-2014-1"))
    again = await imported(
        csv_of(header, "Aruna Rao,asha@a.example,IN,SSP-A-2014-1", "Binh,binh@a.example,VN,SSP-A-2014-1")
    )
    assert again.outcomes == {2: "updated", 3: "unchanged"}
    assert sorted(await roster()) == ["Aruna Rao", "Binh"]
    elsewhere = await imported(csv_of(header, "Chitra Sen,binh@a.example,VN,SSP-A-2019-1"))
    assert elsewhere.counts == {"waiting": 1}


async def test_what_a_member_changed_herself_stands(imported: Import, roster: Roster, running: Process) -> None:
    await imported(csv_of(HEADER, ASHA, BINH))
    async with running.database.transaction() as session:
        for member in await session.scalars(select(Member)):
            member.joined_at = clock.now()
            if member.name == "Asha Rao":
                member.name = "Asha Rao-Singh"
    assert (await imported(csv_of(HEADER, ASHA, BINH))).counts == {"unchanged": 2}
    corrected = [ASHA.replace("Asha Rao", "Aasha Rao"), BINH.replace("Binh Tran", "Binh Van Tran")]
    assert (await imported(csv_of(HEADER, *corrected))).counts == {"updated": 2}
    assert sorted(await roster()) == ["Asha Rao-Singh", "Binh Van Tran"]


async def test_an_address_corrected_replaces_the_one_the_line_gave(imported: Import, addresses: Addresses) -> None:
    two = "name,email,email_2,country,birth_date,exchange_code"
    await imported(csv_of(two, "Asha,a@a.example,b@a.example,IN,1990-01-02,SSP-A-2014-1"))
    assert await addresses("Asha") == ["a@a.example", "b@a.example"]
    await imported(csv_of(two, "Asha,a@a.example,c@a.example,IN,1990-01-02,SSP-A-2014-1"))
    assert await addresses("Asha") == ["a@a.example", "c@a.example"]
    await imported(csv_of("name,email,country,exchange_code", "Asha,a@a.example,IN,SSP-A-2014-1"))
    assert await addresses("Asha") == ["a@a.example", "c@a.example"]
    await imported(csv_of(two, "Asha,a@a.example,,IN,1990-01-02,SSP-A-2014-1"))
    assert await addresses("Asha") == ["a@a.example"]


async def test_an_exchange_without_a_code_is_met_again(imported: Import, roster: Roster) -> None:
    header = "name,country,exchange_title,fiscal_year,host,programme"
    first = await imported(
        csv_of(header, "Asha,IN,Robots,2014,Kyushu University,A", "Binh,VN,ＲＯＢＯＴＳ,H26,Kyushu University,")
    )
    assert first.counts == {"created": 2}
    codes = await roster()
    assert codes["Asha"] == codes["Binh"]
    named = await imported(csv_of(header.replace("exchange_title", "exchange_code,exchange_title"),
                                  "Chen,CN,X-1,Rockets,2014,Kyushu University,A"))  # fmt: skip
    assert named.counts == {"created": 1}
    await imported(csv_of(header, "Dao,VN,Rockets,2014,Kyushu University,"))
    assert (await roster())["Dao"] == ["X-1"]


async def test_a_new_exchange_needs_its_programme_and_year(imported: Import, running: Process) -> None:
    header = "name,country,exchange_code,programme,fiscal_year"
    done = await imported(csv_of(header, "Asha,IN,X-1,,2014", "Binh,VN,X-2,A,", "Chen,CN,X-3,A,2014", "Dao,VN,X-3,,"))
    assert done.outcomes == {2: "bad", 3: "bad", 4: "created", 5: "created"}
    async with running.database.transaction() as session:
        rows = await session.scalars(
            select(RosterOutcome.errors).where(RosterOutcome.import_id == done.record.id).order_by(RosterOutcome.row)
        )
        assert [[(e["column"], e["fault"]) for e in errors] for errors in rows] == [
            [("programme", "programme.needed")],
            [("fiscal_year", "year.needed")],
            [],
            [],
        ]


async def test_a_mapping_is_followed(imported: Import, roster: Roster) -> None:
    mapping = Mapping.of({"columns": {"Who": "name"}, "fixed": {"country": "IN", "exchange_code": "SSP-A-2014-1"}})
    assert (await imported(csv_of("Who,Remark", "Asha,fine"), mapping=mapping)).counts == {"created": 1}
    assert await roster() == {"Asha": ["SSP-A-2014-1"]}


async def test_what_is_no_table_fails_with_its_reason(imported: Import) -> None:
    failed = await imported(b"nothing\nof the kind\n")
    assert (failed.record.state, failed.record.failure) == ("failed", {"reason": "no-header", "values": {}})


async def test_an_import_is_in_the_audit_log(imported: Import, running: Process) -> None:
    done: Imported = await imported(csv_of(HEADER, ASHA), dry_run=True)
    await imported(csv_of(HEADER, ASHA))
    async with running.database.transaction() as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
    assert [(e.actor, e.action, e.details["created"]) for e in entries] == [
        ("cli", "roster.rehearse", 1),
        ("cli", "roster.import", 1),
    ]
    assert entries[0].target == f"roster_import:{done.record.id}"


async def test_no_content_whatever_breaks_an_import(imported: Import) -> None:
    """Case 59: quotes, backslashes, braces, NUL, tabs and formulas pass through COPY and JSON, or are named as bad."""
    odd = ['A"b\\c', "{a,b}", "O'Neil; DROP TABLE member", "x\\N", "%s :now $1", "\u200bZero", "n\x00l", "\\."]
    lines = ['"' + name.replace('"', '""') + '",,1990-01-02,IN,SSP-A-2014-00001,"{host, \\""x}",' for name in odd]
    done = await imported(csv_of(HEADER, *lines))
    assert done.record.failure is None
    assert done.outcomes[8] == "bad"
    assert (await imported(csv_of(HEADER, *lines))).counts == {"unchanged": 7, "bad": 1}


async def test_who_comes_in_lives_by_the_clocks_of_her_country_and_a_correction_moves_them_until_she_joins(
    imported: Import, running: Process
) -> None:
    async def zones() -> list[str]:
        async with running.database.transaction() as session:
            return list(await session.scalars(select(Member.time_zone).order_by(Member.name)))

    await imported(csv_of(HEADER, ASHA, BINH))
    assert await zones() == ["Asia/Kolkata", "Asia/Ho_Chi_Minh"]
    await imported(csv_of(HEADER, ASHA.replace(",IN,", ",KE,"), BINH))
    assert await zones() == ["Africa/Nairobi", "Asia/Ho_Chi_Minh"]
    async with running.database.transaction() as session:
        await session.execute(update(Member).values(joined_at=clock.now()))
    await imported(csv_of(HEADER, ASHA, BINH))
    assert await zones() == ["Africa/Nairobi", "Asia/Ho_Chi_Minh"]
