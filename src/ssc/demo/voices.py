"""The demo's stories: what the promised people tell, and what visitors asked them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from ssc.core import blobs, clock, ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.demo.paintings import painted
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.stories.actions import photos, writing
from ssc.stories.forms import Draft, PhotoWords
from ssc.stories.models import Story, StoryQuestion, StoryStep
from ssc.stories.queries import work


@dataclass(frozen=True, slots=True)
class Asked:
    """A visitor's question; without an answer it still waits for a moderator."""

    name: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Tale:
    """A story of a promised person, in its state, told `ago` days before the demo is made."""

    by: str
    ago: int
    lang: str
    title: str
    byline: str
    role: str = ""
    life: str = ""
    message: str = ""
    body: str = ""
    state: str = "published"
    picture: tuple[str, str, str] | None = None
    """Palette of demo.paintings, what it shows, and its caption."""
    asked: tuple[Asked, ...] = ()


TALES = (
    Tale(
        "member1",
        41,
        "en",
        "The notebook that changed how I measure",
        "Arjun",
        role=(
            "At home I kept results in my head until they were good enough to write down. On the second day in Nagaoka a "
            "technician asked for my notebook, read it in a minute, and gave it back: *“Where is Tuesday?”*\n\n"
            "Since then every run has a page, also the bad ones. Two of my three papers began on a page I would have "
            "thrown away."
        ),
        life=(
            "- The river at six in the morning, with rowers who greeted us\n- Curry that was not ours, and very good\n"
            "- Snow, for the first time, on a bicycle"
        ),
        message="Take one question with you that you cannot answer at home. Ask it on the first day, not on the last.",
        picture=(
            "morning",
            "A river between hills, early in the morning",
            "The river at six. The rowers are not in it.",
        ),
        asked=(
            Asked(
                "Meera",
                "Did you need Japanese in the laboratory?",
                "Ten sentences, and the will to draw. The drawings stayed on the board for weeks.",
            ),
        ),
    ),
    Tale(
        "member8",
        33,
        "ja",
        "長岡に戻ってきた理由",
        "アイシャ",
        role=(
            "研修で出会った先生の研究室に、翌年の秋から博士課程の学生として通っています。十日間で一番心に残ったのは、装置ではなく、"
            "失敗した試料を全員で囲んで話し合う時間でした。"
        ),
        life="信濃川の土手を歩くのが好きです。雪の季節は大変ですが、隣の人が黙って雪かきを手伝ってくれました。",
        message="言葉を間違えることを恐れないでください。間違えたところから、いつも会話が始まりました。",
        picture=("snow", "雪の降る信濃川の土手", "雪かきの前の朝"),
    ),
    Tale(
        "member6",
        20,
        "en",
        "What grows around us, and what holds it together",
        "Faith",
        body=(
            "I came to Japan with a brick in my suitcase. Customs asked. I said: *sisal, clay and a question*.\n\n"
            "# The question\n\nWhy does it crack on the ninth day? We loaded it, dried it, froze it, and on the ninth day "
            "we all stood around it, nine countries, and it cracked. Somebody clapped.\n\n"
            "# The answer\n\nIt was the water, of course. But I would not have seen it alone: the thermal chamber showed it, "
            "and a student from Hanoi had met the same thing in batteries."
        ),
        message="Bring something from home that does not work yet.",
        asked=(
            Asked("Brian", "Which fields can take part from Kenya? I study civil engineering in Kisumu."),
            Asked(
                "Otieno",
                "Who applied, you or your university?",
                "Neither: the host in Japan did, together with my university. I showed my professor one page, "
                "and she wrote to them.",
            ),
        ),
    ),
    Tale(
        "member7",
        12,
        "pt",
        "Dez dias que ainda não terminaram",
        "Letícia",
        role=(
            "Fui para aprender um método e voltei com três colegas. Hoje trocamos amostras entre São Paulo, Nagaoka e "
            "Hangzhou, e o artigo que escrevemos juntos começou numa mesa de refeitório."
        ),
        message="Perguntem tudo. Ninguém riu das minhas perguntas, e algumas viraram experimentos.",
    ),
    Tale(
        "member2",
        5,
        "en",
        "I went for the polymers and stayed for the people",
        "Pim",
        life=(
            "Our host family night was in a house with a persimmon tree. The grandmother spoke no English and I spoke no "
            "Japanese; we peeled persimmons for an hour and understood each other."
        ),
        message="Learn to say what you do in three sentences. You will say them forty times.",
        picture=("evening", "Hills and a river at dusk", "From the window of the house with the persimmon tree."),
    ),
    Tale(
        "member4",
        2,
        "id",
        "Dari laboratorium ke ruang kuliah",
        "Bayu",
        role="Cara tim di Nagaoka menjelaskan kegagalan kini saya pakai setiap minggu di kelas saya sendiri.",
        state="submitted",
    ),
    Tale(
        "member9", 1, "en", "Rivers and cheap sensors", "Isuru", body="To be told: the day at the weir.", state="draft"
    ),
)


async def tell(session: Session) -> None:
    """Writes the stories as their authors would, each on its own day; nobody is told of them."""
    kept = blobs.opened(session.settings)
    people = {
        member.handle: member
        for member in await session.scalars(
            select(Member).where(Member.handle.in_([*(tale.by for tale in TALES), "staff"]))
        )
    }
    for tale in TALES:
        await _tell(session, kept, people[tale.by], people["staff"], tale)


async def _tell(session: Session, kept: Blobs, author: Member, editor: Member, tale: Tale) -> None:
    at = _instant(tale.ago)
    exchanges = await work.exchanges_of(session, author.id)
    prompts = {name: told for name in ("role", "life", "message") if (told := getattr(tale, name))}
    draft = Draft(
        title=tale.title,
        body=tale.body,
        lang=tale.lang,
        prompts=prompts,
        byline=tale.byline,
        affiliation=author.affiliation or "",
        exchange=exchanges[0].code if exchanges else None,
        shows_profile=True,
    )
    story = await writing.begin(session, Viewer(author), draft)
    if tale.picture:
        palette, alt, caption = tale.picture
        story = await work.reloaded(session, story)
        words = PhotoWords(alt=alt, caption=caption, shows_people=False)
        await photos.add_photo(session, kept, Viewer(author), story, painted(palette, tale.ago), words)
    story.created_at = at - timedelta(days=3)
    _stage(session, story, editor, tale, at)
    session.add_all(_question(story, asked, at) for asked in tale.asked)
    await session.flush()


def _stage(session: Session, story: Story, editor: Member, tale: Tale, at: datetime) -> None:
    story.state, story.updated_at = tale.state, at
    if tale.state != "draft":
        story.submitted_at = at - timedelta(days=1)
        session.add(_step(story, "submit", story.author_id, story.submitted_at))
    if tale.state == "published":
        story.published_at = at
        session.add(_step(story, "publish", editor.id, at))


def _step(story: Story, kind: str, by: object, at: datetime) -> StoryStep:
    return StoryStep(story_id=story.id, kind=kind, by_id=by, note="", created_at=at)


def _question(story: Story, asked: Asked, at: datetime) -> StoryQuestion:
    answered = bool(asked.answer)
    return StoryQuestion(
        story_id=story.id,
        name=asked.name,
        email="" if answered else f"{asked.name.lower()}@demo.example",
        language="en",
        question=asked.question,
        state="answered" if answered else "waiting",
        digest=ids.digest(ids.secret()),
        confirmed_at=at,
        answer=asked.answer,
        is_public=answered,
        answered_at=at + timedelta(days=1) if answered else None,
        created_at=at,
    )


def _instant(ago: int) -> datetime:
    return datetime.combine(clock.today_in_japan() - timedelta(days=ago), time(3, 30), UTC)
