"""Mailings: one letter to many in their languages, to nobody twice, at the set rate, left by one press."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import select, text

from ssc.core import clock, ids, mail
from ssc.core.mail import delivery
from ssc.core.mail.mailings import Report
from ssc.core.process import Process
from ssc.notifications import actions as notifications
from ssc.notifications import kinds, queries
from ssc.notifications.kinds import Kind
from ssc.notifications.mailings import Mailing
from ssc.people.models import Member
from ssc.web import templates
from tests.cast import Cast, Sent

MAGAZINE = Kind("mail-magazine", lambda: "Mail magazine", lambda told: "", app=False)
OTHER = Kind("appeal", lambda: "Appeals", lambda told: "", app=False)
EVERYBODY = select(Member.id)
LETTER = {
    "subject.txt": "{{ title }}",
    "body.txt": "Dear {{ member.name }},\n\n{{ title }}\n\n{% include 'layouts/_mailing_foot.txt' %}",
    "body.html": "{% extends 'layouts/mailing.html' %}{% block body %}<p>Dear {{ member.name }}</p>{% endblock %}",
}


@pytest.fixture(autouse=True)
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A magazine as `news` will have it."""
    folder = tmp_path / "templates" / "letters" / "test.magazine"
    folder.mkdir(parents=True)
    for name, words in LETTER.items():
        (folder / name).write_text(words, encoding="utf-8")
    environment = templates.environment()
    assert environment.loader is not None
    monkeypatch.setattr(
        environment, "loader", ChoiceLoader([FileSystemLoader(tmp_path / "templates"), environment.loader])
    )
    kinds.register([MAGAZINE, OTHER])
    yield
    kinds.forget([MAGAZINE, OTHER])


def magazine(kind: Kind = MAGAZINE) -> Mailing:
    return Mailing(ids.new(), kind, "test.magazine", {"en": {"title": "Spring"}, "ja": {"title": "春の便り"}})


async def send(cast: Cast, mailing: Mailing) -> int:
    async with cast.running.database.transaction() as session:
        counted = await queries.count_readers(session, mailing, EVERYBODY)
        made = await notifications.mail_many(session, mailing, EVERYBODY)
        assert made in (0, sum(counted.values()))
    return made


async def report(cast: Cast, mailing: Mailing) -> Report:
    async with cast.running.database.transaction() as session:
        return await queries.report_of(session, mailing.id)


def of(letters: list[Sent]) -> dict[str, str]:
    return {letter.to.partition("@")[0]: letter.subject for letter in letters}


async def test_everybody_who_wants_it_gets_one_in_her_language_and_nobody_a_second(cast: Cast) -> None:
    """Case 24: pressed twice, or begun again after a kill."""
    await cast.member("Anan Suda")
    await cast.member("Hana <Tanaka>", language="ja", email="hana@example.org")
    await cast.member("Thi Lan", language="vi", languages=["vi", "ja"])
    await cast.member("Uma Unclaimed", claimed=False)
    await cast.member("Olga Out", mail_opt_out=True)
    await cast.member("Dora Donot", do_not_contact=True)
    await cast.member("Nora No", notifications={"mail-magazine": {"mail": False}})
    gone = await cast.member("Sue Suspended")
    async with cast.running.database.transaction() as session:
        await session.execute(
            text("INSERT INTO suspension (id, member_id, reason, created_at) VALUES (:id, :member, 'x', now())"),
            {"id": ids.new(), "member": gone.id},
        )
    mailing = magazine()
    assert [await send(cast, mailing), await send(cast, mailing)] == [3, 0]
    await mail.deliver(cast.running)
    assert await send(cast, mailing) == 0
    await mail.deliver(cast.running)
    assert of(cast.letters()) == {"anan-suda": "Spring", "hana": "春の便り", "thi-lan": "春の便り"}
    assert len(cast.letters()) == 3
    [hana] = [letter for letter in cast.letters() if letter.to.startswith("hana")]
    assert "Dear Hana <Tanaka>," in hana.text
    assert "Dear Hana &lt;Tanaka&gt;" in hana.html
    assert await report(cast, mailing) == Report(0, 3, 0, 0, 0, 0, 0, 0)


async def test_the_way_out_stops_the_kind_and_is_counted(cast: Cast) -> None:
    anan, berit = await cast.member("Anan Suda"), await cast.member("Berit Berg")
    mailing, next_one, other = magazine(), magazine(), magazine(OTHER)
    await send(cast, mailing)
    await mail.deliver(cast.running)
    for waits in (next_one, other):
        await send(cast, waits)
    [letter] = [letter for letter in cast.letters() if letter.to.startswith("anan")]
    ways = [link for link in letter.links if "/unsubscribe/" in link]
    async with cast.visitor() as nobody:
        for _twice in range(2):
            assert (await nobody.post(ways[0], data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert await report(cast, mailing) == Report(0, 2, 0, 0, 0, 0, 0, 1)
    assert await report(cast, next_one) == Report(1, 0, 0, 0, 1, 0, 0, 0)
    assert (await report(cast, other)).waiting == 2
    async with await cast.browser(berit) as browser:
        await browser.patch("/api/v1/me/preferences", json={"mail_opt_out": True})
    assert [(await report(cast, one)).waiting for one in (next_one, other)] == [0, 1]
    assert (await report(cast, mailing)).left == 1
    async with cast.running.database.transaction() as session:
        assert await queries.count_readers(session, magazine(), EVERYBODY) == {"en": 0, "ja": 0}
    assert anan.id != berit.id


async def test_no_more_leave_in_a_minute_than_is_set_and_others_do_not_wait(cast: Cast) -> None:
    for n in range(7):
        await cast.member(f"Reader {n}")
    slow = paced(cast.running, 3)
    mailing = magazine()
    await send(cast, mailing)
    awaited = mail.Letter("mai@example.org", "test.link", "A link", "x\n", "<p>x</p>", "en")
    async with slow.database.transaction() as session:
        await mail.send(session, awaited)
    for minute, left in enumerate((3, 6, 7)):
        with clock.shifted(timedelta(seconds=61 * minute)):
            for _again in range(2):
                await mail.deliver(slow)
        assert (await report(cast, mailing)).sent == left
        assert len(cast.letters()) == left + 1
    assert "mai@example.org" in {letter.to for letter in cast.letters()}


async def test_a_stopped_mailing_leaves_no_more_and_its_figures_outlive_the_log(cast: Cast) -> None:
    for n in range(3):
        await cast.member(f"Reader {n}")
    mailing = magazine()
    await send(cast, mailing)
    await mail.deliver(paced(cast.running, 1))
    async with cast.running.database.transaction() as session:
        assert await notifications.call_back(session, mailing.id) == 2
    before = await report(cast, mailing)
    assert before == Report(0, 1, 0, 0, 2, 0, 0, 0)
    with clock.shifted(timedelta(days=91)):
        await delivery.forget(cast.running)
    assert await rows_left(cast) == []
    assert await report(cast, mailing) == before


async def test_an_editor_tries_it_on_herself(cast: Cast) -> None:
    editor = await cast.holder("Edda Editor", "editor")
    await cast.member("Anan Suda")
    mailing = magazine()
    async with cast.running.database.transaction() as session:
        viewer = await queries.viewer_of(session, editor)
        assert await notifications.try_mailing(session, viewer, mailing) == 2
    await mail.deliver(cast.running)
    assert [(sent.to, sent.subject) for sent in cast.letters()] == [
        ("edda-editor@example.org", "Spring"),
        ("edda-editor@example.org", "春の便り"),
    ]
    assert "Dear Edda Editor," in cast.letters()[0].text
    assert (await report(cast, mailing)).letters == 0


async def rows_left(cast: Cast) -> list[UUID]:
    async with cast.running.database.transaction() as session:
        return list(await session.scalars(select(mail.OutgoingLetter.id)))


def paced(running: Process, rate: int) -> Process:
    return dataclasses.replace(running, settings=running.settings.model_copy(update={"mailing_rate": rate}))
