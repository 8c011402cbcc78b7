"""The demo's news and its mail magazine: what a club of people who never were has to say, in two languages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import update

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.demo.rows import Roster
from ssc.news.forms import Audience
from ssc.news.models import NewsItem, Publication
from ssc.news.newsletters.models import Edition, Newsletter
from ssc.writing import actions as writing
from ssc.writing.models import Version, Writing


@dataclass(frozen=True)
class Text:
    slug: str
    lang: str
    title: str
    summary: str
    body: str


@dataclass(frozen=True)
class Item:
    """`ago`: days since it is public; None: it waits for the editors. `closes_in`: days until it closes."""

    kind: str
    by: str
    ago: int | None
    texts: tuple[Text, ...]
    countries: tuple[str, ...] = ()
    closes_in: int | None = None
    pinned: bool = False


ITEMS = (
    Item(
        "news",
        "staff",
        3,
        (
            Text(
                "the-club-is-open",
                "en",
                "The club is open: find the people you went with",
                "Every exchange has its page again, with those who have joined and those still missing.",
                "One week in Japan was short. What came of it need not be.\n\n"
                "- **Find your cohort**: the page of your exchange shows who is here.\n"
                "- **Write to them**: a thread for each cohort waits in your messages.\n"
                "- **Say what you look for**: a mentor, a host, a colleague.\n\n"
                "Whoever is missing gets in by [the page to join](/join).",
            ),
            Text(
                "the-club-is-open-ja",
                "ja",
                "クラブが始まりました：一緒に参加した仲間を探しましょう",
                "すべての交流にページがあり、参加済みの方と、まだ参加していない方が分かります。",
                "日本での一週間は短いものでした。つながりはこれからも続きます。\n\n"
                "- **仲間を探す**：交流のページに参加者が表示されます。\n"
                "- **連絡する**：交流ごとの会話がメッセージにあります。\n"
                "- **希望を伝える**：助言者、受入れ先、共同研究者。\n\n"
                "まだ参加していない方は、[参加のページ](/join)へどうぞ。",
            ),
        ),
        pinned=True,
    ),
    Item(
        "reunion-report",
        "coordinator-th",
        12,
        (
            Text(
                "an-evening-in-bangkok",
                "en",
                "An evening in Bangkok: forty people, nine years, one song",
                "Alumni of nine fiscal years met by the river. The eldest and the youngest sat at one table.",
                "## What we did\n\nWe ate, we compared photographs, and we found that three of us work in one building.\n\n"
                "## What comes next\n\nA visit to the institute in spring. *Bring somebody who has never been.*\n\n"
                "| Year | People |\n|---|---|\n| 2016 | 5 |\n| 2019 | 14 |\n| 2024 | 21 |",
            ),
            Text(
                "an-evening-in-bangkok-ja",
                "ja",
                "バンコクの夕べ：40名、9年分の参加者、ひとつの歌",
                "9年度分の参加者が川辺に集まりました。",
                "## 当日の様子\n\n食事をし、写真を見せ合い、同じ建物で働く三人が初めて出会いました。\n\n"
                "## これから\n\n春に研究所を訪問します。",
            ),
        ),
        countries=("TH",),
    ),
    Item(
        "opportunity",
        "member8",
        5,
        (
            Text(
                "doctoral-places-in-materials-science",
                "en",
                "Two doctoral places in materials science",
                "Our laboratory in Japan looks for two doctoral students from next October.",
                "English is enough to begin. The stipend covers fees and living.\n\nWrite to me through the club "
                "before you apply: I will read your plan.",
            ),
        ),
        closes_in=40,
    ),
    Item(
        "notice",
        "staff",
        1,
        (
            Text(
                "letters-of-the-club",
                "en",
                "How the club writes to you, and how you stop it",
                "Each letter says why it came, and one press ends its kind.",
                "Choose what you want by mail, in the app or as a digest on [your preferences](/me/preferences).",
            ),
            Text(
                "letters-of-the-club-ja",
                "ja",
                "クラブからのメールと、その止め方",
                "どのメールにも届いた理由が書かれ、一度押すだけでその種類を止められます。",
                "メール、アプリ、まとめ便のどれで受け取るかは、[設定](/me/preferences)で選べます。",
            ),
        ),
    ),
    Item(
        "opportunity",
        "member1",
        None,
        (
            Text(
                "a-summer-school-in-pune",
                "en",
                "A summer school on solar cells in Pune",
                "Ten places for alumni, with travel paid.",
                "Two weeks in June. Tell us in one page what you want to learn.",
            ),
        ),
        countries=("IN",),
        closes_in=60,
    ),
)


async def write_news(session: Session, roster: Roster, today: date) -> None:
    """All of it, as if it had been written in the days before `today`; and an issue that waits to be sent."""
    people = {one.handle: (made, one.name) for made, one, _profile in roster.claimed() if one.handle}
    originals = [await _item(session, item, *people[item.by], people["staff"][0], today) for item in ITEMS]
    session.add(
        Newsletter(
            items=originals[:4],
            audience=Audience(countries=["TH", "IN"]).model_dump(),
            made_by=people["staff"][0],
            editions=[
                Edition(id=ids.new(), place=0, lang="en", subject="From the club, this month", body="Dear alumni,"),
                Edition(id=ids.new(), place=1, lang="ja", subject="今月のクラブ便り", body="みなさま"),
            ],
        )
    )
    await session.flush()


async def _item(session: Session, item: Item, by: UUID, name: str, editor: UUID, today: date) -> UUID:
    original = ids.new()
    written = _noon(today, (item.ago or 0) + 1)
    for place, words in enumerate(item.texts):
        text = await writing.begin(
            session, lang=words.lang, title=words.title, body=words.body, summary=words.summary, by=by
        )
        await _date(session, text, written)
        made = NewsItem(
            id=original if place == 0 else ids.new(),
            slug=words.slug,
            kind=item.kind,
            countries=list(item.countries),
            pinned=item.pinned,
            closes_on=today + timedelta(days=item.closes_in) if item.closes_in else None,
            original=original,
            author_id=by,
            author_name=name,
            writing=text,
        )
        session.add(made)
        await session.flush()
        at = _noon(today, item.ago or 0)
        approved = {"approved_at": at, "approved_by": editor, "appeared_at": at} if item.ago is not None else {}
        session.add(Publication(item_id=made.id, at=at, asked_by=by, **approved))
        await session.flush()
    return original


async def _date(session: Session, text: Writing, at: datetime) -> None:
    """As if it had been written then."""
    text.written_at = at
    await session.execute(update(Version).where(Version.writing_id == text.id).values(begun_at=at))
    await session.flush()


def _noon(today: date, ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=ago), time(9), clock.JAPAN)
