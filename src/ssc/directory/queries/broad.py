"""Broad searches, prepared: what thousands match is the same for all members but for a few rows of each viewer.

Kept by this process until the directory changes, never longer: what is kept is named by the change before it.
"""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.core.shelf import Shelf
from ssc.directory.models import MEMBERS
from ssc.directory.queries.conditions import Condition
from ssc.directory.queries.hits import Found, Hit, counted, position
from ssc.directory.queries.scope import Facet, Scope

AT_LEAST = 5000
"""From so many hits on a search is worth keeping."""
_FIRST = Slice(limit=200)
_MOST = 300

Patterns = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Shared:
    """What every member finds: the first hits, and the counts of all."""

    hits: list[Hit]
    counts: Counter[Facet]


# By the process's shelf: the same address may lead to another club tomorrow, whose changes are numbered from 1 again.
_kept: WeakKeyDictionary[Shelf, OrderedDict[tuple[Any, ...], _Shared]] = WeakKeyDictionary()


async def prepared(session: Session, scope: Scope, spelt: Patterns, part: Slice) -> Found | None:
    """The first page and the counts, where they are kept; the viewer's own rows are looked up all the same."""
    special = list({row.member_id for row in scope.special})
    if not scope.shares_counts or part.limit + len(special) >= _FIRST.limit:
        return None
    shared = _kept_by(session).get(await _key(session, scope, spelt))
    if shared is None:
        return None
    among = Condition("member_id = ANY (%(special)s)", {"special": special})
    own = await counted(session, scope.condition() & among, spelt, _FIRST, None, guessed=False)
    replaced = await counted(session, _for_all(scope).condition() & among, spelt, _FIRST, None, guessed=False)
    counts = Counter(shared.counts)
    counts.update(own.counts)
    counts.subtract(replaced.counts)
    hits = [*(hit for hit in shared.hits if hit.member_id not in special), *own.hits.rows]
    hits.sort(key=lambda hit: (hit.rank, hit.sort_key, hit.member_id))
    return Found(part.cut(hits[: part.limit + 1], position), counts)


async def keep(session: Session, scope: Scope, spelt: Patterns, found: Found) -> None:
    """Prepares a search that so many match for whoever asks it next."""
    if not scope.shares_counts or found.total < AT_LEAST:
        return
    key = await _key(session, scope, spelt)
    shared = await counted(session, _for_all(scope).condition(), spelt, _FIRST, None, guessed=False)
    kept = _kept_by(session)
    kept[key] = _Shared(shared.hits.rows, shared.counts)
    while len(kept) > _MOST:
        kept.popitem(last=False)


def _kept_by(session: Session) -> OrderedDict[tuple[Any, ...], _Shared]:
    return _kept.setdefault(session.info["shelf"], OrderedDict())


def _for_all(scope: Scope) -> Scope:
    """The scope of a member to whom nobody is special."""
    return replace(Scope(MEMBERS, scope.today), all_ages=scope.all_ages)


async def _key(session: Session, scope: Scope, spelt: Patterns) -> tuple[Any, ...]:
    """Read before what it names is counted: a change in between makes what is kept too new, never too old."""
    (version,) = await session.rows(_VERSION, {}, prepare=True)
    return (version.changes, version.latest, scope.today, scope.all_ages, tuple(map(tuple, spelt)))


_VERSION = "SELECT count(*) AS changes, max(id) AS latest FROM directory_change"
