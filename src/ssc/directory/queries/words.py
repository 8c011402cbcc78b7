"""Words that somebody may have meant: those one typing error away from what was typed."""

from sqlalchemy import String, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from ssc.core.db import Session
from ssc.directory import words
from ssc.directory.models import DirectoryWord

_MOST = 24
_SHORTEST = 3


async def meant(session: Session, asked: list[str]) -> dict[str, list[str]]:
    """For each word asked for the words one slip apart, empty where there are none."""
    return {word: await _near(session, word) for word in asked}


async def _near(session: Session, word: str) -> list[str]:
    if not _SHORTEST <= len(word) < words.LONGEST_WORD:
        return []
    candidates = await session.scalars(_CANDIDATES, {"shapes": words.without_one(word)})
    return [one for one in candidates if one != word and words.one_slip_apart(word, one)][:_MOST]


_CANDIDATES = (
    select(DirectoryWord.word)
    .where(DirectoryWord.shapes.overlap(bindparam("shapes", type_=ARRAY(String(24)))))
    .order_by(DirectoryWord.word)
    .limit(500)
)
