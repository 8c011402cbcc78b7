"""A digest tells of members' voices from its reader's own field of science, in her language."""

from datetime import timedelta

from ssc.core import clock, mail
from ssc.notifications import jobs
from tests.cast import Cast
from tests.stories.tales import published

LONG_AGO = timedelta(days=-400)


async def test_voices_from_ones_field_are_in_ones_digest_in_ones_language(cast: Cast) -> None:
    for name, fields in (("Mari Biologist", ["Marine Biology"]), ("Rob Otics", ["Robotics"])):
        await cast.member(name, language="ja", fields=fields, joined_at=clock.now() + LONG_AGO)
    author = await cast.member("Sea Horse", fields=["Marine Biology"])
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    slug = await published(cast, author, editor, title="What corals hear", fields=["Marine Biology"])
    await jobs.digest(cast.running)
    await mail.deliver(cast.running)
    digests = [letter for letter in cast.letters() if "さくらサイエンスクラブからのお知らせ" in letter.subject]
    assert [letter.to for letter in digests] == ["mari-biologist@example.org"]
    section = digests[0].text.partition("あなたの分野の会員の声")[2]
    assert "What corals hear" in section
    assert f"http://localhost:8000/stories/{slug}" in section
