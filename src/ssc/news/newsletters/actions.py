"""Composing an issue of the mail magazine, trying it, sending it once, and calling it back."""

from datetime import datetime
from uuid import UUID

from ssc.core import audit, clock, ids, jobs
from ssc.core.db import Session
from ssc.core.errors import Problem, conflict, invalid, not_found
from ssc.core.i18n import _
from ssc.news import queries as news
from ssc.news.forms import Audience
from ssc.news.models import NewsItem
from ssc.news.newsletters import queries, rules
from ssc.news.newsletters.composing import mailing_of
from ssc.news.newsletters.forms import EditionBody, NewsletterBody
from ssc.news.newsletters.models import Edition, Newsletter
from ssc.news.newsletters.readers import readers
from ssc.news.rules import JUST_NOW
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.writing.rules import EDITED_MEANWHILE, is_meant


async def compose(session: Session, viewer: Viewer, body: NewsletterBody) -> Newsletter:
    """A draft. 422 at `items` for what is not published."""
    made = Newsletter(
        id=ids.new(),
        items=await _items(session, body.items),
        audience=body.audience.model_dump(),
        made_by=viewer.id,
        editions=_editions(body.editions),
    )
    session.add(made)
    await session.flush()
    return made


async def revise(session: Session, identity: UUID, body: NewsletterBody, if_match: str | None) -> Newsletter:
    """All of it anew. 409 where `if_match` names another revision (`edited-meanwhile`) or its letters are written."""
    issue = await _changeable(session, identity)
    if if_match is not None and not is_meant(if_match, issue.rev):
        raise Problem(EDITED_MEANWHILE)
    issue.items, issue.audience = await _items(session, body.items), body.audience.model_dump()
    issue.rev += 1
    issue.editions.clear()
    await session.flush()
    issue.editions.extend(_editions(body.editions))
    await session.flush()
    return issue


async def try_out(session: Session, viewer: Viewer, issue: Newsletter) -> int:
    """Each edition to the viewer herself; answers how many letters."""
    return await notifications.try_mailing(session, viewer, await mailing_of(session, issue))


async def send(session: Session, viewer: Viewer, identity: UUID, at: datetime | None) -> Newsletter:
    """Now, or at an instant to come; again with another instant puts it off. 409 once its letters are written."""
    issue = await _changeable(session, identity)
    now = clock.now()
    if at is not None and at < now - JUST_NOW:
        raise invalid(("at", _("This time has passed.")))
    if issue.send_at is not None and at is None and issue.send_at <= now:
        raise conflict(_("It is leaving already."))
    issue.send_at, issue.sent_by = max(at or now, now), viewer.id
    await session.flush()
    await jobs.defer(session, "news.send-newsletter", at=issue.send_at, newsletter=str(issue.id))
    audit.write(session, viewer.id, "newsletter.send", f"newsletter:{issue.id}", at=clock.rfc3339(issue.send_at))
    return issue


async def write_letters(session: Session, identity: UUID) -> None:
    """At its time: a letter to each of its readers, all in this transaction. Nothing when it was put off or is done.

    Whoever kills the worker in the midst leaves no letter behind, and afterwards `notifications` gives nobody a second.
    """
    issue = await queries.issue(session, identity, lock=True)
    if issue is None or not rules.is_due(issue, clock.now()):
        return
    audience = Audience.model_validate(issue.audience)
    await notifications.mail_many(session, await mailing_of(session, issue), readers(audience))
    issue.queued_at = clock.now()
    await session.flush()


async def stop(session: Session, viewer: Viewer, identity: UUID) -> Newsletter:
    """What is scheduled is a draft again; of what is leaving, the rest does not leave. 409 when it is neither."""
    issue = await _locked(session, identity)
    if issue.queued_at is not None and issue.stopped_at is None:
        await notifications.call_back(session, issue.id)
        issue.stopped_at = clock.now()
    elif issue.send_at is not None and issue.queued_at is None:
        issue.send_at = issue.sent_by = None
    else:
        raise conflict(_("It is neither scheduled nor leaving."))
    await session.flush()
    audit.write(session, viewer.id, "newsletter.stop", f"newsletter:{issue.id}")
    return issue


async def discard(session: Session, identity: UUID) -> None:
    """A draft that is not wanted. 409 for one that is scheduled or sent."""
    issue = await _changeable(session, identity)
    if issue.send_at is not None:
        raise conflict(_("End its schedule first."))
    await session.delete(issue)
    await session.flush()


async def send_item(session: Session, item: NewsItem, audience: Audience, by: UUID | None) -> None:
    """An item of news as an issue of its own, in every language in which it is before the public."""
    versions = (await news.in_all_languages(session, [item.original]))[item.original]
    issue = Newsletter(
        id=ids.new(),
        items=[item.original],
        audience=audience.model_dump(),
        made_by=by,
        sent_by=by,
        send_at=clock.now(),
        editions=[
            Edition(place=place, lang=one.item.writing.lang[:12], subject=one.item.writing.title, body="")
            for place, one in enumerate(sorted(versions, key=lambda one: one.item.id != item.id))
        ],
    )
    session.add(issue)
    await session.flush()
    await jobs.defer(session, "news.send-newsletter", newsletter=str(issue.id))


async def _locked(session: Session, identity: UUID) -> Newsletter:
    issue = await queries.issue(session, identity, lock=True)
    if issue is None:
        raise not_found()
    return issue


async def _changeable(session: Session, identity: UUID) -> Newsletter:
    issue = await _locked(session, identity)
    if not rules.can_change(issue):
        raise conflict(_("Its letters are written; it can no longer change."))
    return issue


def _editions(bodies: list[EditionBody]) -> list[Edition]:
    return [Edition(id=ids.new(), place=place, **body.model_dump()) for place, body in enumerate(bodies)]


async def _items(session: Session, slugs: list[str]) -> list[UUID]:
    """What an item is called by in all its languages."""
    known = await news.standing(session, slugs)
    for slug in slugs:
        if slug not in known:
            raise invalid(("items", _("“{slug}” is not published.", slug=slug)))
    return list(dict.fromkeys(known[slug].item.original for slug in slugs))
