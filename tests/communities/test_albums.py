"""A cohort's album: who puts in, who sees, who takes down, and what becomes of the files. [abuse 58]"""

import asyncio
import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlalchemy import delete, select

from ssc.communities.albums import actions
from ssc.communities.albums.models import AlbumPhoto, AlbumTakeDown
from ssc.core import clock, ids
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.people.models import Member, Participation
from tests.cast import Cast
from tests.communities.albums import captions, drawn, put, statuses, upload
from tests.directory.test_photos import SECRET, moving, png, with_metadata
from tests.statements import count_statements

ALBUM = "/exchanges/X-1/album"
SEEN, HIDDEN, STRANGE = [200] * 4, [404] * 4, [401, 303, 303, 303]


@pytest.fixture
async def people(cast: Cast) -> dict[str, Member]:
    """A cohort with its host, supervisor and a minor; and others."""
    found = {
        "ann": await cast.member("Ann Able"),
        "bob": await cast.member("Bob Baker"),
        "mina": await cast.minor(),
        "host": await cast.member("Hana Host", country="JP"),
        "supervisor": await cast.member("Sue Supervisor"),
        "stranger": await cast.member("Stan Stranger"),
    }
    made = await cast.exchange("X-1", [found["ann"], found["bob"], found["mina"]], title="さくら & friends")
    await cast.takes_part(made, found["host"], role="host")
    await cast.takes_part(made, found["supervisor"], role="supervisor")
    await cast.exchange("X-2", [found["stranger"]])
    return found


@pytest.fixture
async def browsers(cast: Cast, people: dict[str, Member]) -> dict[str, httpx.AsyncClient]:
    return {who: await cast.browser(member) for who, member in people.items()}


async def notices(browser: httpx.AsyncClient) -> list[tuple[str, str, int]]:
    items = (await browser.get("/api/v1/notifications")).raise_for_status().json()["items"]
    return [(one["kind"], one["text"], one["count"]) for one in items]


async def test_it_is_for_those_who_took_part_and_for_nobody_else(
    cast: Cast, browsers: dict[str, httpx.AsyncClient]
) -> None:
    """Hosts, supervisors and minors of the exchange are its own; coordinators are not; staff look after it."""
    photo = await put(browsers["ann"], caption="On the first day")
    others = {
        "staff": (await cast.browser(await cast.staff()), SEEN),
        "moderator": (await cast.browser(await cast.holder("Mod Erator", "moderator")), HIDDEN),
        "coordinator": (await cast.browser(await cast.coordinator("TH")), HIDDEN),
        "visitor": (cast.visitor(), STRANGE),
    }
    for who in ("ann", "bob", "mina", "host", "supervisor"):
        assert await statuses(browsers[who], photo) == SEEN, who
        assert await captions(browsers[who]) == ["On the first day"]
        assert (await browsers[who].get(ALBUM)).status_code == 200
    for who, (browser, expected) in {**others, "stranger": (browsers["stranger"], HIDDEN)}.items():
        assert await statuses(browser, photo) == expected, who
        for path in (ALBUM, f"/api/v1{ALBUM}", f"{ALBUM}/captions"):
            allowed = (404,) if expected is HIDDEN else (expected[0], 303)  # 303: to sign in; nothing to describe
            assert (await browser.get(path)).status_code in allowed, who
    assert await statuses(browsers["stranger"], photo, "X-2") == HIDDEN  # through another exchange of hers
    for browser in (browsers["stranger"], cast.visitor()):
        page = (await browser.get("/exchanges/X-1")).text
        assert "Album" not in page and photo["id"] not in page
    assert photo["id"] in (await browsers["bob"].get("/exchanges/X-1")).text


async def test_what_is_shown_of_a_photo(browsers: dict[str, httpx.AsyncClient]) -> None:
    photo = await put(browsers["ann"], caption="At the gate <b>")
    assert photo == {
        "id": photo["id"],
        "caption": "At the gate <b>",
        "by": {"handle": "ann-able", "name": "Ann Able", "photo": None},
        "own": True,
        "width": 640,
        "height": 480,
        "files": {size: f"/files/albums/{photo['id']}/{size}.webp" for size in ("480", "1600")},
        "created_at": photo["created_at"],
    }
    seen = (await browsers["bob"].get(f"/api/v1{ALBUM}/{photo['id']}")).json()
    assert seen == {**photo, "own": False}
    page = (await browsers["bob"].get(f"{ALBUM}/{photo['id']}")).text
    assert 'alt="At the gate &lt;b&gt;"' in page and "Ann Able" in page and "take it down" in page
    assert "Save the words" not in page


async def test_only_pixels_are_kept(browsers: dict[str, httpx.AsyncClient]) -> None:
    photo = await put(browsers["ann"], content=with_metadata())
    answer = await browsers["bob"].get(photo["files"]["480"])
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("WEBP", (320, 480))  # upright
    assert SECRET not in answer.content and not picture.getexif()
    told = {name: answer.headers[name] for name in ("content-type", "x-content-type-options", "cache-control")}
    assert told == {
        "content-type": "image/webp",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    again = await browsers["bob"].get(photo["files"]["480"], headers={"if-none-match": answer.headers["etag"]})
    stranger = await browsers["stranger"].get(photo["files"]["480"], headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, stranger.status_code) == (304, 404)
    folder = f"/files/albums/{photo['id']}"
    for name in ("481.webp", "480.png", "..%2F480.webp", "original"):
        assert (await browsers["ann"].get(f"{folder}/{name}")).status_code == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"GIF89a" + b"\0" * 100, 415),
        (b"", 415),
        (b"%PDF-1.4", 415),
        (drawn()[:200], 422),
        (png(30_000, 30_000), 422),
        (moving("WEBP"), 422),
        (b"\xff\xd8\xff" + b"\0" * (11 << 20), 413),
    ],
)
async def test_what_is_no_picture_is_refused(
    browsers: dict[str, httpx.AsyncClient], content: bytes, status: int
) -> None:
    assert (await upload(browsers["ann"])).status_code == 201
    assert (await upload(browsers["ann"], content=content)).status_code == status
    assert len(await captions(browsers["ann"])) == 1


async def test_photos_stand_in_the_order_in_which_they_were_chosen(browsers: dict[str, httpx.AsyncClient]) -> None:
    """Also where one is sent again later; and what is sent twice is stored once."""
    first, second = str(UUID(int=ids.new().int - (60_000 << 80))), str(ids.new())  # a minute apart
    for caption, batch, place in (("a1", first, 0), ("a3", first, 2), ("b1", second, 0), ("a2", first, 1)):
        assert (await upload(browsers["ann"], caption=caption, batch=batch, place=place)).status_code == 201
    again = await upload(browsers["ann"], caption="a2", batch=first, place=1)
    mates = await upload(browsers["bob"], caption="bob's", batch=first, place=1)
    assert (again.status_code, mates.status_code) == (200, 201)
    assert await captions(browsers["bob"]) == ["b1", "a1", "a2", "bob's", "a3"]
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = (
            await browsers["bob"].get(f"/api/v1{ALBUM}", params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        ).json()
        found += [one["caption"] for one in page["items"]]
        cursor = page["next"]
    assert found == ["b1", "a1", "a2", "bob's", "a3"]
    assert (await browsers["bob"].get(f"/api/v1{ALBUM}", params={"cursor": "x"})).status_code == 422
    page = (await browsers["bob"].get(f"/api/v1{ALBUM}")).json()["items"]
    middle = (await browsers["bob"].get(f"{ALBUM}/{page[2]['id']}")).text
    assert f'rel="prev" href="{ALBUM}/{page[1]["id"]}"' in middle
    assert f'rel="next" href="{ALBUM}/{page[3]["id"]}"' in middle
    ends = [(await browsers["bob"].get(f"{ALBUM}/{page[at]['id']}")).text for at in (0, -1)]
    assert ['rel="prev"' in ends[0], 'rel="next"' in ends[1]] == [False, False]


@pytest.mark.parametrize(
    ("batch", "place"),
    [
        ("7fffffff-ffff-7fff-bfff-ffffffffffff", 0),
        ("00000000-0000-7000-8000-000000000000", 0),
        ("6f1c2d3e-0000-4000-8000-000000000000", 0),
        ("x", 0),
        ("", -1),
        ("", 1000),
        ("", "x"),
    ],
)
async def test_nobodys_photos_stand_on_top_for_ever(
    browsers: dict[str, httpx.AsyncClient], batch: str, place: Any
) -> None:
    assert (await upload(browsers["ann"], batch=str(ids.new()), place=999)).status_code == 201
    assert (await upload(browsers["ann"], batch=batch, place=place)).status_code == 422


async def test_several_at_once_without_scripts(browsers: dict[str, httpx.AsyncClient]) -> None:
    """A wrong one among them keeps no other out, and is named."""
    files = [
        ("file", ("one.jpg", drawn((1, 1, 1)), "image/jpeg")),
        ("file", ("two.gif", b"GIF89a", "image/gif")),
        ("file", ("three.png", drawn((3, 3, 3), kind="PNG"), "image/png")),
    ]
    answer = await browsers["ann"].post(ALBUM, files=files)
    assert answer.status_code == 422
    assert "2 photos are in the album." in answer.text
    assert "two.gif: Choose a JPEG, PNG or WebP picture." in answer.text
    well = await browsers["ann"].post(ALBUM, files=[files[0], files[2]])
    assert (well.status_code, well.headers["location"]) == (303, f"{ALBUM}/captions?done=added")
    page = (await browsers["ann"].get(f"{ALBUM}/captions")).text
    names = [part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("caption-")]
    assert len(names) == 4
    said = await browsers["ann"].post(f"{ALBUM}/captions", data={names[0]: "Black", names[1]: " ", "caption-x": "y"})
    assert said.headers["location"] == f"{ALBUM}?done=described"
    assert await captions(browsers["bob"]) == ["Black", "", "", ""]
    await browsers["bob"].post(f"{ALBUM}/captions", data={names[1]: "Not mine"})
    assert await captions(browsers["bob"]) == ["Black", "", "", ""]
    none = await browsers["ann"].post(ALBUM, files=[("file", ("", b"", "application/octet-stream"))])
    assert none.status_code == 422
    too_many = await browsers["ann"].post(ALBUM, files=[files[0]] * 13)
    assert too_many.status_code == 400


async def test_words_are_their_uploaders(cast: Cast, browsers: dict[str, httpx.AsyncClient]) -> None:
    photo = await put(browsers["ann"])
    path = f"/api/v1{ALBUM}/{photo['id']}"
    said = await browsers["ann"].patch(path, json={"caption": "田中さんと"})
    assert (said.status_code, said.json()["caption"]) == (200, "田中さんと")
    staff = await cast.browser(await cast.staff())
    for browser, status in ((browsers["bob"], 403), (staff, 403), (browsers["stranger"], 404), (cast.visitor(), 401)):
        assert (await browser.patch(path, json={"caption": "Mine"})).status_code == status
    for body in ({"caption": "x" * 301}, {"caption": "x\u0007"}, {"caption": None}, {"place": 3}):
        assert (await browsers["ann"].patch(path, json=body)).status_code == 422, body
    page = f"{ALBUM}/{photo['id']}/caption"
    assert (await browsers["ann"].post(page, data={"caption": "x" * 301})).status_code == 422
    assert (await browsers["ann"].post(page, data={"caption": "By the page"})).status_code == 303
    assert await captions(browsers["bob"]) == ["By the page"]


@pytest.mark.parametrize("way", ["api", "page"])
async def test_who_is_in_a_photo_takes_it_down_for_everybody(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient], way: str
) -> None:
    """At once, with all its addresses; her uploader hears of it, but not from whom; she alone can bring it back."""
    staff = await cast.browser(await cast.staff())
    photo, stays = await put(browsers["ann"], caption="Mina asleep"), await put(browsers["ann"], caption="The gate")
    assert await statuses(browsers["mina"], photo) == SEEN
    api, page = f"/api/v1{ALBUM}/{photo['id']}/take-down", f"{ALBUM}/{photo['id']}"
    assert (await browsers["stranger"].post(api)).status_code == 404
    assert (await browsers["mina"].post(api if way == "api" else f"{page}/take-down")).status_code == (
        204 if way == "api" else 303
    )
    for browser in (browsers["ann"], browsers["bob"], browsers["mina"], staff):
        assert await statuses(browser, photo) == HIDDEN
        assert await captions(browser) == ["The gate"]
        assert "Mina asleep" not in (await browser.get(ALBUM)).text
    assert (await browsers["bob"].post(api)).status_code == 404
    told = [one for one in await notices(browsers["ann"]) if one[0] == "album"]
    assert [(kind, "さくら & friends" in text, "Mina" in text, count) for kind, text, count in told] == [
        ("album", True, False, 1)
    ]
    assert "bring-back" not in (await browsers["ann"].get(ALBUM)).text
    assert "bring-back" in (await browsers["mina"].get(ALBUM)).text
    down = f"/api/v1{ALBUM.removesuffix('/album')}/taken-down"
    for browser, hers in ((browsers["ann"], []), (browsers["mina"], [photo["id"]]), (staff, [photo["id"]])):
        assert [one["id"] for one in (await browser.get(down)).json()["items"]] == hers
    assert (await browsers["stranger"].get(down)).status_code == 404
    for who in ("ann", "bob", "stranger"):
        assert (await browsers[who].delete(api)).status_code == 404, who
        assert (await browsers[who].post(f"{page}/bring-back")).status_code == 404, who
    back = browsers["mina"] if way == "api" else staff
    answer = await (back.delete(api) if way == "api" else back.post(f"{page}/bring-back"))
    assert answer.status_code == (204 if way == "api" else 303)
    assert await statuses(browsers["bob"], photo) == SEEN
    assert (await back.delete(api)).status_code == 404
    assert await statuses(browsers["bob"], stays) == SEEN
    async with cast.running.database.reading() as session:
        rows = await session.execute(
            select(AuditEntry.action, AuditEntry.actor)
            .where(AuditEntry.target == f"photo:{photo['id']}")
            .order_by(AuditEntry.id)
        )
        assert rows.all()[0] == ("album.take-down", str(people["mina"].id))


async def test_a_photo_is_deleted_by_its_uploader_and_by_staff(
    cast: Cast, browsers: dict[str, httpx.AsyncClient]
) -> None:
    staff = await cast.browser(await cast.staff())
    mine, other = await put(browsers["ann"]), await put(browsers["ann"])
    for browser, status in ((browsers["bob"], 403), (browsers["stranger"], 404), (cast.visitor(), 401)):
        assert (await browser.delete(f"/api/v1{ALBUM}/{mine['id']}")).status_code == status
    assert (await browsers["bob"].post(f"{ALBUM}/{mine['id']}/delete")).status_code == 403
    assert (await browsers["ann"].delete(f"/api/v1{ALBUM}/{mine['id']}")).status_code == 204
    assert (await staff.post(f"{ALBUM}/{other['id']}/delete")).status_code == 303
    for photo in (mine, other):
        assert await statuses(browsers["bob"], photo) == HIDDEN
        for size in (480, 1600):
            assert await cast.running.blobs.get(f"albums/{photo['id']}/{size}.webp") is None


async def test_who_has_left_the_cohort_sees_nothing_more(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    photo = await put(browsers["ann"])
    etag = (await browsers["bob"].get(photo["files"]["480"])).headers["etag"]
    assert await statuses(browsers["bob"], photo) == SEEN
    async with cast.running.database.transaction() as session:
        await session.execute(delete(Participation).where(Participation.member_id == people["bob"].id))
    assert await statuses(browsers["bob"], photo) == HIDDEN
    assert (await browsers["bob"].get(photo["files"]["480"], headers={"if-none-match": etag})).status_code == 404
    assert (await upload(browsers["bob"])).status_code == 404


async def test_who_blocked_another_still_sees_the_photos_and_can_take_them_down(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    """Else nobody could take a photo of herself down that is hers who hurt her. The name is withheld."""
    photo = await put(browsers["ann"], caption="Bob, against his will")
    await cast.block(people["bob"], people["ann"])
    seen = (await browsers["bob"].get(f"/api/v1{ALBUM}/{photo['id']}")).json()
    assert (seen["by"], seen["caption"]) == (None, "Bob, against his will")
    assert "Ann Able" not in (await browsers["bob"].get(f"{ALBUM}/{photo['id']}")).text
    assert (await browsers["bob"].post(f"/api/v1{ALBUM}/{photo['id']}/take-down")).status_code == 204
    assert await statuses(browsers["ann"], photo) == HIDDEN


async def test_the_cohort_hears_of_new_photos_once(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    files = [("file", (f"{n}.jpg", drawn((n, n, n)), "image/jpeg")) for n in range(3)]
    await browsers["ann"].post(ALBUM, files=files)
    photo = await put(browsers["ann"])
    assert await notices(browsers["bob"]) == [("cohort-news", "4 new photos in the album of “さくら & friends”.", 4)]
    assert [await notices(browsers[who]) for who in ("ann", "stranger")] == [[], []]
    await browsers["ann"].delete(f"/api/v1{ALBUM}/{photo['id']}")
    assert [one[2] for one in await notices(browsers["bob"])] == [3]
    await browsers["bob"].get(ALBUM)
    items = (await browsers["bob"].get("/api/v1/notifications")).json()["items"]
    assert [one["read_at"] is not None for one in items] == [True]


async def test_a_moderator_sees_what_was_reported_and_can_remove_it(
    cast: Cast, browsers: dict[str, httpx.AsyncClient]
) -> None:
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator"))
    photo, other = await put(browsers["ann"], caption="Rude"), await put(browsers["ann"])
    report = {"target": {"type": "photo", "id": photo["id"]}, "reason": "harassment", "note": ""}
    assert (await browsers["stranger"].post("/api/v1/reports", json=report)).status_code == 404
    assert (await browsers["bob"].get(f"/report/photo/{photo['id']}")).status_code == 200
    assert (await browsers["bob"].post("/api/v1/reports", json=report)).status_code == 202
    assert await statuses(moderator, photo) == SEEN
    assert await statuses(moderator, other) == HIDDEN
    assert (await moderator.get(ALBUM)).status_code == 404
    (waiting,) = (await moderator.get("/api/v1/reports")).json()["items"]
    assert f"{ALBUM}/{photo['id']}" in (await moderator.get(f"/desk/reports/{waiting['id']}")).text
    decision = await moderator.post(
        f"/api/v1/reports/{waiting['id']}/decision", json={"decision": "remove", "note": "Rule 3"}
    )
    assert decision.status_code == 200
    assert [await statuses(one, photo) for one in (browsers["ann"], moderator)] == [HIDDEN, HIDDEN]
    assert await cast.running.blobs.get(f"albums/{photo['id']}/480.webp") is None


async def test_what_is_down_for_a_month_is_deleted_and_an_erased_members_photos_too(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    down, fresh, bobs = await put(browsers["ann"]), await put(browsers["ann"]), await put(browsers["bob"])
    for photo in (down, fresh):
        await browsers["mina"].post(f"/api/v1{ALBUM}/{photo['id']}/take-down")
    async with cast.running.database.transaction() as session:
        taken = await session.get_one(AlbumTakeDown, ids.parse(down["id"]))
        taken.taken_at = clock.now() - timedelta(days=31)
        await session.flush()
        await actions.sweep(session, cast.running.blobs)

    async def kept() -> list[bool]:
        return [
            await cast.running.blobs.get(f"albums/{one['id']}/1600.webp") is not None for one in (down, fresh, bobs)
        ]

    assert await kept() == [False, True, True]
    async with cast.running.database.transaction() as session:
        await actions.erase(session, cast.running.blobs, people["ann"].id)
    assert await kept() == [False, False, True]
    async with cast.running.database.reading() as session:
        assert [str(one) for one in await session.scalars(select(AlbumPhoto.id))] == [bobs["id"]]


async def test_what_comes_at_once_is_stored_once_taken_down_once_and_deleted_once(
    cast: Cast, browsers: dict[str, httpx.AsyncClient]
) -> None:
    batch = str(ids.new())
    answers = await asyncio.gather(*(upload(browsers["ann"], batch=batch, place=3) for _n in range(4)))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 201]
    assert len({one.json()["id"] for one in answers}) == 1
    path = f"/api/v1{ALBUM}/{answers[0].json()['id']}"
    downs = await asyncio.gather(*(browsers[who].post(f"{path}/take-down") for who in ("bob", "mina", "host")))
    assert {one.status_code for one in downs} <= {204, 404} and 204 in {one.status_code for one in downs}
    assert [one[2] for one in await notices(browsers["ann"]) if one[0] == "album"] == [1]
    other = await put(browsers["ann"])
    both = await asyncio.gather(
        browsers["ann"].delete(f"/api/v1{ALBUM}/{other['id']}"),
        browsers["bob"].post(f"/api/v1{ALBUM}/{other['id']}/take-down"),
    )
    assert {one.status_code for one in both} <= {204, 404}
    assert await statuses(browsers["ann"], other) == HIDDEN


async def test_a_full_album_says_so(browsers: dict[str, httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_PHOTOS", 2)
    assert [(await upload(browsers["ann"])).status_code for _n in range(3)] == [201, 201, 409]


async def test_an_album_costs_no_more_for_many_photos(cast: Cast, browsers: dict[str, httpx.AsyncClient]) -> None:
    asked: list[list[str]] = []
    await browsers["bob"].get(f"/api/v1{ALBUM}")  # what a connection asks once in its life
    for number in (1, 5):
        for _n in range(number):
            await put(browsers["ann"])
        seen: list[str] = []
        count_statements(cast.running.database, seen)
        assert (await browsers["bob"].get(f"/api/v1{ALBUM}")).status_code == 200
        asked.append(list(seen))
    assert len(asked[0]) == len(asked[1]) <= 6


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_sixty_uploads_an_hour(self, cast: Cast, browsers: dict[str, httpx.AsyncClient]) -> None:
        tiny = drawn(size=(2, 2))
        answers = [(await upload(browsers["ann"], content=tiny)).status_code for _n in range(61)]
        assert answers == [201] * 60 + [429]
        assert (await upload(browsers["bob"], content=tiny)).status_code == 201


async def test_of_several_photos_that_are_down_each_says_when(browsers: dict[str, httpx.AsyncClient]) -> None:
    """To the minute: on one day one takes down several, and nothing of them is shown."""
    for caption in ("One", "Two"):
        photo = await put(browsers["ann"], caption=caption)
        assert (await browsers["bob"].post(f"/api/v1{ALBUM}/{photo['id']}/take-down")).status_code == 204
    page = (await browsers["bob"].get(ALBUM)).text
    assert len(re.findall("Taken down on <time ", page)) == 2
    assert len(re.findall('Bring it back<span class="unseen"> <time ', page)) == 2
