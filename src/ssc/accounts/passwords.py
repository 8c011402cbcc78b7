"""Passwords: what makes one good enough, and argon2id in a pool of its own that cannot take all of the machine."""

import asyncio
import os
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from ssc.core import errors, text
from ssc.core.errors import Problem
from ssc.core.i18n import _

T = TypeVar("T")

SHORTEST = 12
LONGEST = 1000

# OWASP's least for argon2id: 19 MiB, two passes; 24 ms on the club's kind of machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


class Pool:
    """The few threads that hash; beyond a queue of some seconds it is kinder to say so at once."""

    def __init__(self, threads: int, longest_queue: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="password")
        self._longest_queue = longest_queue
        self._waiting = 0
        self.taken = 0

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` answers, found in one of the threads; 503 when too many wait."""
        if self._waiting >= self._longest_queue:
            raise Problem(errors.UNAVAILABLE, headers={"Retry-After": "5"})
        self._waiting += 1
        self.taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


_POOL = Pool(threads=max(2, min(8, os.cpu_count() or 2)), longest_queue=200)

# Verified in place of a hash that is not there, so that an unknown address takes as long as a known one.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

CLUB_WORDS = (
    *("sakura", "science", "exchange", "program", "programme", "club", "jst", "ssc", "ssp", "japan", "nihon"),
    *("nippon", "tokyo", "kyoto", "alumni", "reunion", "lotus", "nexus", "cherry", "blossom", "password"),
    *("さくら", "サクラ", "桜", "日本", "科学", "パスワード"),
)
_REMAINING = 6


def computed() -> int:
    """How many hashes this process has computed or verified: what a request costs shows here."""
    return _POOL.taken


async def hashed(password: str) -> str:
    """The password's hash. Also the plainly long ones count whole."""
    return await _POOL.run(lambda: _HASHER.hash(_normal(password)))


async def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. Without a stored hash it is not, and finding that out takes as long."""
    return await _POOL.run(lambda: _verify(stored or _NOBODYS, password)) and stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return _HASHER.check_needs_rehash(stored)


def check(password: str, own_words: Iterable[str] = (), field: str = "password") -> None:
    """422 at `field` unless the password is good enough. `own_words`: the member's name, handle, addresses."""
    if len(password) > LONGEST:
        raise errors.invalid((field, _("Use at most {n} characters.", n=LONGEST)))
    if len(_normal(password)) < SHORTEST:
        raise errors.invalid((field, _("Use at least {n} characters.", n=SHORTEST)))
    if is_common(password):
        raise errors.invalid((field, _("This password is on the lists that attackers try first. Choose another one.")))
    if is_guessable(password, own_words):
        raise errors.invalid((field, _("This is mostly your own data or the club's words. Add words of another kind.")))


def is_common(password: str) -> bool:
    """Whether it is on the list of the most used, also with figures around it, or one pattern throughout."""
    folded = text.canonical(password)
    core = folded.strip("0123456789!?.,;:*#$%&+-_=@ ")
    return folded in _common() or core in _common() or len(set(folded)) < 5 or _is_run(folded)


def is_guessable(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether little is left of it without the club's words and the member's own."""
    left = "".join(c for c in text.plain(password) if c.isalnum())
    own = {part for word in own_words for part in _parts(word) if len(part) >= 3}
    for word in sorted({*own, *CLUB_WORDS}, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < _REMAINING


def _parts(word: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.plain(word)).split()


def _is_run(folded: str) -> bool:
    """`abcdefghijkl`, `987654321098` or the like."""
    steps = {ord(b) - ord(a) for a, b in pairwise(folded)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _verify(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
