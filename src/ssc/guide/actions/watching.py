"""Waiting for a call to open: asked, confirmed by mail, told once, forgotten."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from ssc.accounts import addresses, tokens
from ssc.accounts.models import Token
from ssc.core import clock, i18n, ids, mail
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.guide import letters
from ssc.guide.entries import Entry
from ssc.guide.models import GuideWatch
from ssc.guide.queries.entries import courses
from ssc.guide.rules import CONFIRM_WATCH, WATCHED_FOR, watch_of

AT_ONCE = 200


async def ask(session: Session, entry: Entry, address: str) -> None:
    """Mails the link that confirms the address. Nothing else is kept until it is pressed."""
    said = {"slug": entry.slug, "language": i18n.language()}
    secret = await tokens.issue(session, CONFIRM_WATCH, member_id=None, address=address, payload=said)
    await mail.send(session, letters.confirm(session.settings, address, i18n.language(), entry, secret))


async def confirm(session: Session, secret: str) -> None:
    """From now on the address waits. 410 for a link that is used up or expired."""
    token = await tokens.redeem(session, CONFIRM_WATCH, secret)
    token.forget_at = clock.now() + WATCHED_FOR  # the same link is the way to change one's mind
    await session.execute(
        insert(GuideWatch)
        .values(
            id=ids.new(),
            slug=token.payload["slug"],
            address=token.address,
            key=addresses.key_of(token.address),
            language=token.payload["language"],
            created_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )


async def give_up(session: Session, secret: str) -> None:
    """By the link of the letter that confirmed: the address is deleted. Once more changes nothing."""
    token = await tokens.find(session, CONFIRM_WATCH, secret)
    if token is None:
        raise not_found()
    slug, key = token.payload["slug"], addresses.key_of(token.address)
    await session.execute(delete(GuideWatch).where(GuideWatch.slug == slug, GuideWatch.key == key))
    await _forget_links(session, slug, token.address)


async def stop(session: Session, token: str) -> None:
    """By the way out of the letter that told: 404 for an address of no letter of ours."""
    identity = watch_of(token, session.settings.key)
    if identity is None:
        raise not_found()
    watch = await session.get(GuideWatch, identity)
    if watch is not None:
        await session.delete(watch)
        await _forget_links(session, watch.slug, watch.address)


async def tell(session: Session, slug: str) -> int:
    """Writes to the next of those who wait, and deletes their addresses, in one transaction: nobody is told twice.

    Answers how many were told. Nobody is, when the call has been closed again meanwhile.
    """
    entry = (await courses(session)).get(slug)
    if entry is None or entry.course is None or entry.course.call.state != "open":
        return 0
    waiting = await session.scalars(
        select(GuideWatch).where(GuideWatch.slug == slug).order_by(GuideWatch.id).limit(AT_ONCE).with_for_update()
    )
    told = list(waiting)
    for watch in told:
        await mail.send(session, letters.opened(session.settings, watch, entry))
        await session.delete(watch)
        await _forget_links(session, slug, watch.address)
    return len(told)


async def _forget_links(session: Session, slug: str, address: str) -> None:
    """Her links lead on, to a page that says that she is forgotten; whose they were nothing says any more."""
    hers = (Token.kind == CONFIRM_WATCH.name, func.lower(Token.address) == address.lower(), Token.address != "")
    of_this = Token.payload["slug"].as_string() == slug
    await session.execute(update(Token).where(*hers, of_this, Token.used_at.is_not(None)).values(address=""))


async def forget(session: Session) -> None:
    """Nobody remembers what she asked for two years ago."""
    await session.execute(delete(GuideWatch).where(GuideWatch.created_at < clock.now() - WATCHED_FOR))
