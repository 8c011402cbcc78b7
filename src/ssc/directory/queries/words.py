"""Words that somebody may have meant: those one typing error away from what was typed."""

from ssc.core.db import Session
from ssc.directory import words

_MOST = 24
_SHORTEST = 3


async def meant(session: Session, asked: list[str]) -> dict[str, list[str]]:
    """For each word asked for the words one slip apart, empty where there are none."""
    return {word: await _near(session, word) for word in asked}


async def _near(session: Session, word: str) -> list[str]:
    if not _SHORTEST <= len(word) < words.LONGEST_WORD:
        return []
    rows = await session.rows(_CANDIDATES, {"shapes": words.without_one(word)}, prepare=False)
    return [row.word for row in rows if row.word != word and words.one_slip_apart(word, row.word)][:_MOST]


_CANDIDATES = "SELECT word FROM directory_word WHERE shapes && %(shapes)s::varchar[] ORDER BY word LIMIT 500"
