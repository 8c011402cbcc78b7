"""What counts: reading time, shown photos, and how a story begins."""

from datetime import date
from uuid import uuid4

from ssc.stories import wording
from ssc.stories.models import StoryConsent, StoryPhoto
from ssc.stories.rules import is_shown, reading_minutes, unagreed


def consent(photo: StoryPhoto, *scopes: str, revoked: bool = False) -> StoryConsent:
    return StoryConsent(
        photo_id=photo.id, how="pictured", scopes=list(scopes), revoked_at=date(2026, 1, 1) if revoked else None
    )


def test_reading_takes_a_minute_for_two_hundred_words_or_five_hundred_characters_of_japanese() -> None:
    assert [reading_minutes(text) for text in ("", "word " * 1000, "さくら" * 500, "word " * 200 + "桜" * 500)] == [
        1,
        5,
        3,
        2,
    ]


def test_a_photo_is_shown_when_all_in_it_agreed_to_the_site_and_stand_by_it() -> None:
    people, hills = StoryPhoto(id=uuid4(), shows_people=True), StoryPhoto(id=uuid4(), shows_people=False)
    yes, print_only, no = consent(people, "site"), consent(people, "print"), consent(people, "site", revoked=True)
    shown = [is_shown(people, some) for some in ([], [yes], [print_only], [yes, print_only], [yes, no])]
    assert shown == [False, True, False, False, False]
    assert (is_shown(hills, [yes]), is_shown(hills, [])) == (True, True)
    assert unagreed([people, hills], [no]) == {people.id}


def test_how_a_story_begins_is_plain_and_cut_at_a_word() -> None:
    assert wording.beginning("# Hello\n\n**A** [link](/x)*.*\n- & more") == "A link. & more"
    assert wording.beginning("word " * 100) == "word " * 35 + "word…"
    assert wording.beginning("桜" * 300) == "桜" * 180 + "…"
