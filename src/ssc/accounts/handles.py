"""Handles: made from a name, never one that is taken, the club's own, or looks like either."""

import re
import secrets

from sqlalchemy import func, select

from ssc.core import errors, text
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.models import Member

LONGEST = 40
_FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_OTHERS = re.compile(r"[^a-z0-9]+")
_SUFFIX = re.compile(r"-\d+$")

# Addresses of ours, and names under which somebody could pass for the club.
RESERVED = frozenset(
    {
        *("admin", "administrator", "api", "desk", "editor", "feed", "finder", "help", "me", "member", "members"),
        *("moderator", "new", "official", "postmaster", "root", "secretariat", "security", "ssc", "staff", "support"),
        *("system", "team", "webmaster", "abuse", "coordinator", "jst", "japan-science-and-technology-agency"),
        *("sakura", "sakura-science", "sakura-science-club", "sakura-science-program", "sakura-club", "sakura-staff"),
        *("sakura-science-exchange-program", "sakura-team", "jst-staff", "jst-sakura", "ssp", "lotus", "nexus"),
        *("さくらサイエンス", "さくらサイエンスクラブ", "さくらサイエンスプログラム", "科学技術振興機構", "事務局"),
    }
)
_LOOKS = str.maketrans(
    "01i5$34@|!авекмнорстухѕіјαβεικνορτυχƒɑɡ",
    "olls" + "seaall" + "abekmhopctyxslj" + "abelkvoptuxfag",
    "-_ .・",
)


def is_reserved(name: str) -> bool:
    """Whether a name or handle is the club's own, or looks equal to it in any of three alphabets: `Sc1ence`, `St-aff`.

    Only here scripts count: a member's name in Cyrillic letters may look like another's in Latin ones.
    """
    return _look(text.plain(name)) in _RESERVED_LOOKS


async def chosen(session: Session, wanted: str) -> str:
    """The handle as its owner wrote it, in its one form; 422 at `handle` when it cannot be had."""
    handle = text.canonical(wanted)
    if not _FORM.fullmatch(handle):
        raise errors.invalid(("handle", _("Use 1 to 40 of a to z, 0 to 9 and hyphens, with no hyphen at either end.")))
    await _alone(session, handle)
    if is_reserved(handle) or await _taken(session, handle):
        raise errors.invalid(("handle", _("This handle is taken. Choose another one.")))
    return handle


async def propose(session: Session, name: str) -> str:
    """A free handle from the Latin letters of a name, e.g. `anan-suda` or `anan-suda-2`; else `member-7f3k9q2x`."""
    stem = _OTHERS.sub("-", text.plain(name))[: LONGEST - 5].strip("-")
    if not re.search("[a-z]{2}", stem) or is_reserved(stem):
        return await _unnamed(session)
    await _alone(session, stem)
    if not await _taken(session, stem):
        return stem
    numbers = await session.scalars(select(Member.handle).where(Member.handle.like(f"{stem}-%")))
    taken = {handle for handle in numbers if handle and _SUFFIX.search(handle)}
    return next(h for n in range(2, len(taken) + 3) if (h := f"{stem}-{n}") not in taken)


async def _alone(session: Session, stem: str) -> None:
    """Until the transaction ends nobody else looks for a handle with this beginning: of two, both get one."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"handle:{stem}", 0))))


async def _unnamed(session: Session) -> str:
    while await _taken(session, handle := f"member-{secrets.token_hex(4)}"):
        continue
    return handle


async def _taken(session: Session, handle: str) -> bool:
    return await session.scalar(select(Member.id).where(Member.handle == handle)) is not None


def _look(name: str) -> str:
    return name.translate(_LOOKS)


_RESERVED_LOOKS = frozenset(_look(name) for name in RESERVED)
