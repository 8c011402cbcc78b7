"""Consent of those pictured or quoted, for programs."""

from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.stories.access import LinkedConsent, RevocableConsent, SidesStory, WorkedStory
from ssc.stories.actions import consents
from ssc.stories.forms import ConsentBody, RevocationBody
from ssc.stories.queries import work
from ssc.stories.rules import CONSENTS, Scope
from ssc.stories.shapes import ConsentShape, OwnConsent, RecordedConsent
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Stories"])


@router.get("/stories/{slug}/consents", responses=problems(401, 403, 404), summary="Who agreed to be in a story")
async def of_story(story: SidesStory) -> list[ConsentShape]:
    """For its author and editors; also those that were taken back."""
    return [ConsentShape.of(consent) for consent in story.consents]


@router.post(
    "/stories/{slug}/consents",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422, 429),
    summary="Record a consent",
)
async def record(
    story: WorkedStory, body: ConsentBody, viewer: SignedIn, process: Running, session: Transaction
) -> RecordedConsent:
    """That a person agreed to be pictured (`photo`) or quoted, and for what use. `revoke_at` is the address by which
    she takes it back, shown this once: give it to her, or name her `member` handle or `email`, and she is told.
    At most 60 a day."""
    await process.limits.take(CONSENTS, str(viewer.id))
    recorded = await consents.record(session, viewer, story, body)
    values = ConsentShape.of(recorded.consent).model_dump()
    return RecordedConsent(**values, revoke_at=f"{session.settings.base_url}/consents/{recorded.token}")


@router.get("/me/consents", responses=problems(401, 403), summary="Stories in which I agreed to appear")
async def own(viewer: SignedIn, session: Transaction) -> list[OwnConsent]:
    """Latest first, whether the story is public or not."""
    rows = await work.consents_about(session, viewer)
    return [
        OwnConsent(**ConsentShape.of(consent).model_dump(), story=story.slug, title=story.writing.title)
        for consent, story in rows
    ]


@router.delete("/consents/{identity}", status_code=204, responses=problems(401, 403, 404), summary="Take consent back")
async def revoke(
    found: RevocableConsent, viewer: SignedIn, process: Running, session: Transaction, scope: Scope | None = None
) -> Response:
    """At once and everywhere: the photo is deleted with its files, a story that quotes the person is taken down. With
    `scope` for that use alone: without the site nothing there shows or quotes her any more, and the photo is kept for
    what she still agrees to. For the person herself, the author, and editors. Once more changes nothing."""
    consent, story = found
    await consents.revoke(session, process.blobs, story, consent, by=viewer.id, scope=scope)
    return Response(status_code=204)


@router.post(
    "/consents/{token}/revoke", status_code=204, responses=problems(404, 422), summary="Take consent back by link"
)
async def revoke_by_link(
    found: LinkedConsent, process: Running, session: Transaction, body: RevocationBody | None = None
) -> Response:
    """For who is no member: by the secret in the address that she was given. For one use, or without a body for all."""
    consent, story = found
    await consents.revoke(session, process.blobs, story, consent, by=None, scope=body.scope if body else None)
    return Response(status_code=204)
