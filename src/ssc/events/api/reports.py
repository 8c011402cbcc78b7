"""What a report shows beside its text: photos, and quotes of those who agree."""

from typing import Annotated, Literal

from fastapi import File, Form, UploadFile
from pydantic import BaseModel, Field

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn
from ssc.events.access import BegunReport, OrganisedEvent, OwnQuote, SeenEvent
from ssc.events.actions import photos, quoting
from ssc.events.forms.after import Alt, PhotoWords, QuoteAnswer, QuoteAsking
from ssc.events.models import Quote
from ssc.events.queries import quotes
from ssc.events.rules import PHOTOS, UPLOADS
from ssc.people import queries as people
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Events"])


class Photo(BaseModel):
    id: str
    url: str
    markdown: str = Field(description="Where this stands in the text, the photo stands; else below it.")
    alt: str
    width: int
    height: int


class OwnQuoteShape(BaseModel):
    state: Literal["asked", "agreed", "refused"]
    text: str
    signed: str
    printed: bool = Field(description="In the published report.")

    @classmethod
    def values_of(cls, quote: Quote) -> dict[str, object]:
        return {"state": quote.state, "text": quote.text, "signed": quote.signed, "printed": bool(quote.printed)}


class QuoteShape(OwnQuoteShape):
    member: str = Field(description="Handle.")
    name: str


@router.post(
    "/events/{slug}/report/photos",
    status_code=201,
    max_body_size=api.UPLOAD_LIMIT,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 429),
    summary="Add a photo to the report",
)
async def add_photo(
    found: OrganisedEvent,
    viewer: SignedIn,
    process: Running,
    session: Transaction,
    file: Annotated[UploadFile, File()],
    alt: Annotated[Alt, Form(description="What it shows, for who does not see it.")],
    agreed: Annotated[bool, Form(description="All who can be recognised agreed; nobody under 18 is shown.")] = False,
) -> Photo:
    """A JPEG, PNG or WebP of at most 10 MiB, kept in our sizes without metadata; twelve at most, 60 uploads an hour."""
    await process.limits.take(UPLOADS, str(viewer.id))
    words = PhotoWords(alt=alt, agreed=agreed)
    made = await photos.add_photo(session, process.blobs, viewer, found.event, await file.read(), words)
    return Photo(
        id=str(made.id),
        url=f"{PHOTOS}/{made.id}/1600.webp",
        markdown=photos.called(made),
        alt=made.alt,
        width=made.width,
        height=made.height,
    )


@router.delete(
    "/events/{slug}/report/photos/{photo}",
    status_code=204,
    responses=problems(401, 403, 404, 409),
    summary="Take a photo out",
)
async def remove_photo(report: BegunReport, photo: str, process: Running, session: Transaction) -> None:
    """Its files are deleted."""
    await photos.remove_photo(session, process.blobs, report, identity(photo))


@router.get("/events/{slug}/quotes", responses=problems(401, 403, 404), summary="Who was asked for a quote")
async def list_quotes(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> list[QuoteShape]:
    """With what they said. What was refused or taken back has no words any more."""
    return [
        QuoteShape.model_validate({**QuoteShape.values_of(quote), "member": member.handle or "", "name": member.name})
        for quote, member in await quotes.quotes_of(session, found.event.id)
    ]


@router.post(
    "/events/{slug}/quotes",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422),
    summary="Ask somebody for a quote",
)
async def ask(found: OrganisedEvent, body: QuoteAsking, viewer: SignedIn, session: Transaction) -> OwnQuoteShape:
    """Of those who were there with an account, never of minors. Nothing is printed before she agrees."""
    member_id = await people.id_of(session, body.member.strip().removeprefix("@").lower())
    made = await quoting.ask(session, viewer, found.event, member_id, body.text)
    return OwnQuoteShape.model_validate(OwnQuoteShape.values_of(made))


@router.get("/events/{slug}/quote", responses=problems(401, 404), summary="What I was asked to be quoted with")
async def own(quote: OwnQuote, viewer: SignedIn) -> OwnQuoteShape:
    """404 for who was not asked."""
    return OwnQuoteShape.model_validate(OwnQuoteShape.values_of(quote))


@router.put("/events/{slug}/quote", responses=problems(401, 404, 409, 422), summary="Agree, refuse or take back")
async def say(
    quote: OwnQuote, found: SeenEvent, body: QuoteAnswer, viewer: SignedIn, session: Transaction
) -> OwnQuoteShape:
    """`agree` with one's own words, or not. Taken back after publication, the words go from the published report at
    once; where they cannot be told apart any more, it is withdrawn."""
    await quoting.say(session, viewer, found.event, quote, body)
    return OwnQuoteShape.model_validate(OwnQuoteShape.values_of(quote))
