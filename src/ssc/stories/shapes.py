"""What the API says of stories, photos, consents and questions."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.programmes.shapes import ExchangeInShort
from ssc.stories import wording
from ssc.stories.models import Story, StoryConsent, StoryPhoto, StoryQuestion, StoryStep
from ssc.stories.rules import is_shown, unagreed
from ssc.web.api import Instant
from ssc.writing import pictures
from ssc.writing.pictures import SIZES


class Author(BaseModel):
    """Who tells it. `handle` is there where she shows her profile and the reader may see it."""

    name: str
    country: str
    affiliation: str | None = None
    handle: str | None = None


class Photo(BaseModel):
    """Addresses by width at most; each asks at every read whether the reader may see it."""

    id: UUID
    files: dict[str, str]
    alt: str
    caption: str
    width: int
    height: int

    @classmethod
    def of(cls, photo: StoryPhoto) -> "Photo":
        picture = photo.picture
        return cls(
            id=photo.id,
            files={str(size): wording.address_of(photo.id, size) for size in SIZES},
            alt=picture.alt,
            caption=photo.caption,
            width=picture.width,
            height=picture.height,
        )


class Answered(BaseModel):
    """A visitor's question that the author answered for all."""

    id: UUID
    name: str
    question: str
    answer: str
    html: str
    answered_at: Instant

    @classmethod
    def of(cls, asked: StoryQuestion) -> "Answered":
        assert asked.answered_at is not None
        return cls(
            id=asked.id,
            name=asked.name,
            question=asked.question,
            answer=asked.answer,
            html=wording.answer_html(asked.answer),
            answered_at=asked.answered_at,
        )


class StoryInShort(BaseModel):
    """A story as it stands in a list: without what is told."""

    slug: str
    lang: str
    title: str
    summary: str
    author: Author
    exchange: ExchangeInShort | None
    fields: list[str]
    photo: Photo | None
    reading_minutes: int
    published_at: Instant | None


class StoryShape(StoryInShort):
    """A story whole. The last three are there for its author and for editors."""

    body: str
    prompts: dict[str, str]
    html: str
    photos: list[Photo]
    questions: list[Answered]
    takes_questions: bool
    state: str | None = Field(default=None, description="`draft`, `submitted`, `published` or `withdrawn`.")
    missing_consents: list[UUID] | None = Field(default=None, description="Photos of people who are not on record.")
    shows_profile: bool | None = None


class OwnStory(BaseModel):
    """A story as it stands among one's own, or in the editors' queue. `state` as in the whole."""

    slug: str
    lang: str
    title: str
    author: str
    state: str
    updated_at: Instant

    @classmethod
    def of(cls, story: Story) -> "OwnStory":
        text = story.writing
        return cls(
            slug=story.slug,
            lang=text.lang,
            title=text.title,
            author=story.byline,
            state=story.state,
            updated_at=story.updated_at,
        )


def author_of(story: Story, handle: str | None) -> Author:
    values = {"name": story.byline, "country": story.author.country}
    if story.affiliation:
        values["affiliation"] = story.affiliation
    if handle:
        values["handle"] = handle
    return Author(**values)


def in_short(story: Story, handle: str | None = None) -> StoryInShort:
    return StoryInShort.model_construct(
        slug=story.slug,
        lang=story.writing.lang,
        title=story.writing.title,
        summary=story.writing.summary,
        author=author_of(story, handle),
        exchange=ExchangeInShort.of(story.exchange) if story.exchange else None,
        fields=story.fields,
        photo=next(map(Photo.of, shown_photos(story)), None),
        reading_minutes=story.minutes,
        published_at=story.published_at,
    )


def shown_photos(story: Story) -> list[StoryPhoto]:
    """What the public sees of its photos."""
    return [photo for photo in story.photos if is_shown(photo, story.consents)]


def whole(story: Story, handle: str | None, questions: list[StoryQuestion]) -> StoryShape:
    """As the public reads it."""
    short, photos = in_short(story, handle), shown_photos(story)
    images = wording.images_of(photos)
    return StoryShape.model_construct(
        **{name: getattr(short, name) for name in StoryInShort.model_fields},
        body=pictures.without_others(story.writing.body, images),
        prompts={name: pictures.without_others(told, images) for name, told in story.prompts.items()},
        html=wording.html(story, photos),
        photos=[Photo.of(photo) for photo in photos],
        questions=[Answered.of(asked) for asked in questions],
        takes_questions=story.takes_questions,
    )


def for_its_sides(story: Story, handle: str | None, questions: list[StoryQuestion]) -> StoryShape:
    """As its author and editors see it: with what the public does not."""
    shown = whole(story, handle, questions)
    shown.body, shown.prompts = story.writing.body, dict(story.prompts)
    shown.html = wording.html(story, story.photos)
    shown.photos = [Photo.of(photo) for photo in story.photos]
    shown.state, shown.shows_profile = story.state, story.shows_profile
    shown.missing_consents = sorted(unagreed(story.photos, story.consents))
    return shown


class ConsentShape(BaseModel):
    """What a person agreed to. `how` is `pictured` or `quoted`."""

    id: UUID
    person: str
    how: str
    photo: UUID | None
    scopes: list[str]
    given_on: date
    guardian: str
    revoked_at: Instant | None

    @classmethod
    def of(cls, consent: StoryConsent) -> "ConsentShape":
        return cls(
            id=consent.id,
            person=consent.person,
            how=consent.how,
            photo=consent.photo_id,
            scopes=consent.scopes,
            given_on=consent.given_on,
            guardian=consent.guardian,
            revoked_at=consent.revoked_at,
        )


class RecordedConsent(ConsentShape):
    """As just recorded, with the address by which the person takes it back: shown this once."""

    revoke_at: str


class OwnConsent(ConsentShape):
    """What was recorded about oneself, and in which story."""

    story: str
    title: str


class StepShape(BaseModel):
    """A step on a story's way: `submit`, `return`, `publish`, `withdraw`, `revoke`, `edit`."""

    kind: str
    by: str
    note: str
    at: Instant

    @classmethod
    def of(cls, step: StoryStep, by: str) -> "StepShape":
        return cls(kind=step.kind, by=by, note=step.note, at=step.created_at)


class QuestionShape(BaseModel):
    """A question as its moderator or its author sees it: never with the address of who asked."""

    id: UUID
    story: str
    title: str
    name: str
    question: str
    state: str
    answer: str
    public: bool
    created_at: Instant

    @classmethod
    def of(cls, asked: StoryQuestion) -> "QuestionShape":
        return cls(
            id=asked.id,
            story=asked.story.slug,
            title=asked.story.writing.title,
            name=asked.name,
            question=asked.question,
            state=asked.state,
            answer=asked.answer,
            public=asked.is_public,
            created_at=asked.created_at,
        )
