"""A text from its beginning through its edits: nothing that anybody wrote is lost."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from ssc.core import clock, ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.process import Process
from ssc.writing import actions, pictures, queries, rules
from ssc.writing.models import Writing
from tests.cast import Cast

pytestmark = pytest.mark.anyio


def jpeg(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "pink").save(file, "JPEG")
    return file.getvalue()


def tag(writing: Writing) -> str:
    return rules.tag(writing.rev, b"")


async def test_edits_amend_then_become_versions_and_a_stale_one_is_refused(cast: Cast, session: Session) -> None:
    ann, bob = await cast.member("Ann Editor"), await cast.member("Bob Editor")
    text = await actions.begin(session, lang="en", title="Tea", body="One.", by=ann.id)
    first = tag(text)
    await actions.revise(session, text.id, {"body": "Two."}, by=ann.id, if_match=first)
    with pytest.raises(Problem) as refused:
        await actions.revise(session, text.id, {"body": "Lost."}, by=bob.id, if_match=first)
    assert refused.value.kind.slug == "edited-meanwhile"
    with pytest.raises(Problem) as unsaid:
        await actions.revise(session, text.id, {"body": "Lost."}, by=bob.id, if_match=None)
    assert unsaid.value.kind.status == 428
    await actions.revise(session, text.id, {"body": "Three."}, by=bob.id, if_match=tag(text))
    with clock.shifted(timedelta(minutes=11)):
        await actions.revise(session, text.id, {"title": "Tea again"}, by=bob.id, if_match=tag(text))
    versions = await queries.versions_of(session, text.id)
    assert [(one.rev, one.title, one.body, name) for one, name in versions] == [
        (4, "Tea again", "Three.", "Bob Editor"),
        (3, "Tea", "Three.", "Bob Editor"),
        (2, "Tea", "Two.", "Ann Editor"),
    ]


async def test_what_is_typed_is_kept_for_who_typed_it_until_she_saves(cast: Cast, session: Session) -> None:
    ann, bob = await cast.member("Ann Editor"), await cast.member("Bob Editor")
    text = await actions.begin(session, lang="en", title="Tea", body="One.", by=ann.id)
    await actions.keep_typed(session, text.id, ann.id, {"body": "One and a ha"}, text.rev)
    await actions.be_seen(session, text, ann.id)
    typed = await queries.typed_by(session, text.id, ann.id)
    assert typed is not None and typed.typed == {"body": "One and a ha"}
    assert await queries.typed_by(session, text.id, bob.id) is None
    await actions.be_seen(session, text, bob.id)
    assert await queries.also_editing(session, text.id, ann.id) == ["Bob Editor"]
    assert await queries.also_editing(session, text.id, bob.id) == ["Ann Editor"]
    with clock.shifted(timedelta(minutes=3)):
        assert await queries.also_editing(session, text.id, bob.id) == []
    await actions.revise(session, text.id, {"body": "One and a half."}, by=ann.id, if_match=tag(text))
    assert await queries.typed_by(session, text.id, ann.id) is None


async def test_a_preview_is_found_by_its_token_alone(cast: Cast, session: Session) -> None:
    ann = await cast.member("Ann Editor")
    text = await actions.begin(session, lang="en", title="Tea", body="One.", by=ann.id)
    token = await actions.make_preview(session, text.id, ann.id)
    found = await queries.by_preview(session, token)
    assert found is not None and found.digest == ids.digest(token)
    assert await queries.by_preview(session, found.digest.hex()) is None
    await actions.end_previews(session, text.id)
    assert await queries.by_preview(session, token) is None


async def test_a_picture_comes_in_our_sizes_and_goes_with_its_files(
    cast: Cast, running: Process, session: Session
) -> None:
    ann = await cast.member("Ann Editor")
    text = await actions.begin(session, lang="en", title="Tea", body="One.", by=ann.id)
    made = await actions.add_picture(session, running.blobs, text.id, jpeg(2000, 1000), alt="A garden", by=ann.id)
    shown = pictures.shown(await queries.pictures_of(session, [text.id]), "/files/news")
    assert (made.width, made.height) == (1600, 800)
    assert shown[str(made.id)].addresses[480] == f"/files/news/{made.id}/480.webp"
    assert await kept(running.blobs, made.id) == [True, True]
    await actions.remove_picture(session, running.blobs, made)
    await session.commit()


async def kept(blobs: Blobs, picture: object) -> list[bool]:
    return [await blobs.get(f"writing/{picture}/{size}.webp") is not None for size in pictures.SIZES]
