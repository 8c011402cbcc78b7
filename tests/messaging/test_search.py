"""Search in one's own threads: any script, nothing that is not there, nothing that is not hers. [abuse 41, 50]"""

import httpx
import pytest

from ssc.messaging import words
from tests.cast import Cast
from tests.messaging.people import direct, group, say

SEARCH = "/api/v1/search/messages"


async def found(client: httpx.AsyncClient, q: str, **more: str | int) -> list[str]:
    answer = await client.get(SEARCH, params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return [one["body"] for one in answer.json()["items"]]


JAPANESE = "昨日、東京の大学で桜を見ました。"
TOKYO_UNIVERSITY = "東京大学の研究室に行きます"
CHINESE = "我们在上海见面吧"
THAI = "สวัสดีตอนเช้าที่กรุงเทพ"
VIETNAMESE = "Chúng tôi gặp nhau ở Đà Nẵng"
KATAKANA = "ロボットを作る"
ENGLISH = "The laboratory in Sendai is 100% ready_now"
ALL = (JAPANESE, TOKYO_UNIVERSITY, CHINESE, THAI, VIETNAMESE, KATAKANA, ENGLISH)


@pytest.fixture
async def talk(cast: Cast) -> tuple[httpx.AsyncClient, str]:
    ann = await cast.browser(await cast.member("Ann Able"))
    thread = await group(ann, "Sakura")
    for body in ALL:
        await say(ann, thread, body)
    return ann, thread


async def test_every_script_is_found_by_its_words_or_parts(talk: tuple[httpx.AsyncClient, str]) -> None:
    ann, _thread = talk
    for q, expected in {
        "桜": [JAPANESE],
        "大学": [TOKYO_UNIVERSITY, JAPANESE],
        "東京": [TOKYO_UNIVERSITY, JAPANESE],
        "東京大学": [TOKYO_UNIVERSITY],
        "東京 大学": [TOKYO_UNIVERSITY, JAPANESE],
        "京大": [TOKYO_UNIVERSITY],
        "上海": [CHINESE],
        "กรุงเทพ": [THAI],
        "เช้า": [THAI],
        "da nang": [VIETNAMESE],
        "Đà NẴNG": [VIETNAMESE],
        "ﾛﾎﾞｯﾄ": [KATAKANA],
        "LAB": [ENGLISH],
        "sendai laboratory": [ENGLISH],
        "oratory": [],
        "sendai tokyo": [],
        "海上": [],
        "100": [ENGLISH],
    }.items():
        assert await found(ann, q) == expected, q


@pytest.mark.parametrize(
    "q", ("%", "_", "", " ", "'", "\\", "a & b | !c", "foo:*", "(((", "<->", "'; DROP", "t:0", "😀")
)
async def test_syntax_finds_nothing_and_breaks_nothing(talk: tuple[httpx.AsyncClient, str], q: str) -> None:
    """(case 50)"""
    assert await found(talk[0], q) == []


async def test_wildcards_stand_for_themselves(talk: tuple[httpx.AsyncClient, str]) -> None:
    """(case 50)"""
    assert await found(talk[0], "100%") == [ENGLISH]
    assert await found(talk[0], "send_i") == []
    assert await found(talk[0], "%sendai%") == [ENGLISH]


async def test_odd_requests_are_refused(talk: tuple[httpx.AsyncClient, str]) -> None:
    ann, _thread = talk
    assert (await ann.get(SEARCH)).status_code == 422
    assert (await ann.get(SEARCH, params={"q": "x" * 201})).status_code == 422
    assert (await ann.get(SEARCH, params={"q": "x", "cursor": "made up"})).status_code == 422
    assert await found(ann, "sendai", thread="no-thread") == []


async def test_pages_follow_one_another(talk: tuple[httpx.AsyncClient, str]) -> None:
    ann, thread = talk
    for number in range(5):
        await say(ann, thread, f"Number {number}")
    bodies: list[str] = []
    cursor: str | None = None
    while True:
        asked: dict[str, str | int] = {"q": "number", "limit": 2}
        if cursor:
            asked["cursor"] = cursor
        page = (await ann.get(SEARCH, params=asked)).json()
        bodies += [one["body"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert bodies == [f"Number {number}" for number in (4, 3, 2, 1, 0)]


async def test_only_what_one_may_read_is_found(cast: Cast) -> None:
    """(case 41)"""
    ann, bob, cat = [await cast.member(name) for name in ("Ann Able", "Bob Baker", "Cat Carter")]
    await cast.exchange("X-1", [ann, bob, cat])
    anns, bobs, cats = [await cast.browser(one) for one in (ann, bob, cat)]
    two, closed = await direct(anns, bob), await group(anns, "Closed", bob, history="since-joining")
    await say(anns, two, "secret sakura")
    await say(bobs, closed, "early sakura")
    await anns.post(f"{closed}/members", json={"member": cat.handle})
    await say(anns, closed, "late sakura")
    gone = await say(anns, closed, "regretted sakura")
    assert await found(cats, "sakura") == ["regretted sakura", "late sakura"]
    await anns.delete(f"{closed}/messages/{gone['seq']}")
    assert await found(anns, "sakura") == ["late sakura", "early sakura", "secret sakura"]
    assert await found(cats, "sakura") == ["late sakura"]
    assert await found(anns, "sakura", thread=two.split("/")[-1]) == ["secret sakura"]
    assert await found(cats, "sakura", thread=two.split("/")[-1]) == []
    assert await found(anns, "sakura", **{"from": "bob-baker"}) == ["early sakura"]
    assert await found(anns, "sakura", **{"from": "nobody"}) == []
    await anns.patch(f"{two}/messages/1", json={"body": "nothing"})
    assert await found(bobs, "secret") == []
    await cast.block(bob, ann)
    assert await found(await cast.browser(bob), "sakura") == ["early sakura"]
    assert await found(await cast.browser(bob), "sakura", **{"from": "ann-able"}) == []
    await cats.delete(f"{closed}/members/cat-carter")
    assert await found(cats, "sakura") == []


def test_lexemes_of_what_is_sought_are_among_those_of_the_text() -> None:
    for body in ALL:
        assert {term.lexeme for term in words.terms(body)} <= set(words.tokens(body)), body
    assert [term.lexeme for term in words.terms("東京大学 in Sendai")] == ["東京", "京大", "大学", "in", "sendai"]
