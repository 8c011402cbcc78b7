"""The picture that stands for a text where its address is shared."""

from ssc.writing.cards import SIZE, card


async def test_a_card_is_drawn_for_any_title() -> None:
    assert SIZE == (1200, 630)
    for title in ("A week", "桜", "ประสบการณ์", "\U0001f338", "x" * 200, "W " * 100):
        assert (await card(title, "Anan, Thailand", "Sakura Science Club")).startswith(b"\x89PNG")
