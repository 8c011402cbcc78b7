"""Writing news, putting it before the public, and taking it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, clock, ids, jobs, shelf
from ssc.core.db import Session
from ssc.core.errors import Problem, conflict, forbidden, invalid
from ssc.core.i18n import _
from ssc.news import notices, queries, rules
from ssc.news.forms import ChangeBody, NewsBody, PublishBody
from ssc.news.models import KindRule, NewsItem, Publication
from ssc.news.told import Told
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.writing import actions as writing
from ssc.writing.rules import EDITED_MEANWHILE, is_editor, is_meant, slug_of

TOPIC = "news"  # by which kept pages, feeds and answers are forgotten
_OF_THE_TEXT = {"title", "body", "lang", "summary"}


async def write(session: Session, viewer: Viewer, body: NewsBody) -> Told:
    """A draft. 403 for a kind that is not the writer's, 422 at `translation_of` for an item she may not see."""
    if not rules.can_write(viewer, body.kind):
        raise forbidden(_("Members hand in opportunities; the other kinds are for editors."))
    other = await _translated(session, viewer, body)
    text = await writing.begin(
        session, lang=body.lang, title=body.title, body=body.body, summary=body.summary, by=viewer.id
    )
    made = ids.new()
    item = NewsItem(
        id=made,
        slug=await _slug(session, body),
        kind=body.kind,
        countries=_once(body.countries),
        pinned=body.pinned and is_editor(viewer),
        closes_on=body.closes_on,
        original=other.original if other else made,
        author_id=viewer.id,
        author_name=body.author_name or viewer.member.name,
        writing=text,
    )
    session.add(item)
    await session.flush()
    return Told(item, None)


async def change(session: Session, viewer: Viewer, told: Told, body: ChangeBody, if_match: str | None) -> Told:
    """Changes what is given. 428 without `If-Match`, 409 `edited-meanwhile` when that is not the latest."""
    given = {name: getattr(body, name) for name in body.model_fields_set}
    item, kind = told.item, body.kind or told.item.kind
    if kind != item.kind and not rules.can_write(viewer, kind):
        raise forbidden(_("Members hand in opportunities; the other kinds are for editors."))
    words = {name: value for name, value in given.items() if name in _OF_THE_TEXT and value is not None}
    await writing.revise(session, item.writing_id, words, by=viewer.id, if_match=if_match)
    standing = await latest(session, item.id)  # under the text's lock: who published it meanwhile held that
    if not rules.can_edit(viewer, item, standing):
        raise forbidden(_("An editor has it now."))
    await _set(session, viewer, item, {name: value for name, value in given.items() if name not in _OF_THE_TEXT})
    publication = await _unapproved(session, viewer, item, standing)
    await shelf.forget(session, TOPIC)
    return Told(item, publication, told.translations)


async def publish(session: Session, viewer: Viewer, told: Told, body: PublishBody, if_match: str | None = None) -> Told:
    """Puts it before the public, now or then; a kind that needs a second person waits for her call of the same.

    409 when it is published already, or when the one who asked approves herself.
    """
    await _locked(session, told.item, if_match)
    publication, now = await latest(session, told.item.id), clock.now()
    state, needs_second = rules.state_of(publication, now), await _needs_second(session, told.item)
    at = _instant(body.at, now)
    if publication is None or state in ("draft", "withdrawn"):
        publication = Publication(id=ids.new(), item_id=told.item.id, at=at, asked_by=viewer.id)
        session.add(publication)
    elif state == "published":
        raise conflict(_("This is published already."))
    elif state == "waiting" and needs_second and not rules.can_approve(viewer, publication):
        raise conflict(_("A second person must approve this: another editor than the one who asked."))
    elif body.at is not None or state == "scheduled":
        publication.at = at
    if body.mail_to is not None:
        publication.mail_to = body.mail_to.model_dump()
    if not needs_second or publication.asked_by != viewer.id:
        publication.at = max(publication.at, now)
        publication.approved_at, publication.approved_by = now, viewer.id
    return await _asked(session, viewer, told, publication)


async def _asked(session: Session, viewer: Viewer, told: Told, publication: Publication) -> Told:
    await session.flush()
    if publication.approved_at is not None:
        await jobs.defer(session, "news.appear", at=publication.at, publication=str(publication.id))
    verb = "publish" if publication.approved_at else "ask"
    audit.write(session, viewer.id, f"news.{verb}", f"news:{told.item.id}", at=clock.rfc3339(publication.at))
    await shelf.forget(session, TOPIC)
    return Told(told.item, publication, told.translations)


async def submit(session: Session, viewer: Viewer, told: Told) -> Told:
    """Who wrote it hands it to the editors, who publish it or give it back. 409 when they have it already."""
    if told.item.author_id != viewer.id or not rules.can_write(viewer, told.item.kind):
        raise forbidden(_("Only who wrote it can hand it in."))
    await _locked(session, told.item)
    publication = await latest(session, told.item.id)
    if rules.state_of(publication, clock.now()) != "draft":
        raise conflict(_("The editors have it already."))
    made = Publication(id=ids.new(), item_id=told.item.id, at=clock.now(), asked_by=viewer.id)
    session.add(made)
    await session.flush()
    audit.write(session, viewer.id, "news.submit", f"news:{told.item.id}")
    return Told(told.item, made, told.translations)


async def give_back(session: Session, viewer: Viewer, told: Told, note: str) -> Told:
    """Not yet: it is a draft again, and who asked is told why. 409 when it does not wait."""
    await _locked(session, told.item)
    publication = await latest(session, told.item.id)
    if publication is None or rules.state_of(publication, clock.now()) != "waiting":
        raise conflict(_("This does not wait for approval."))
    _end(publication, viewer, note)
    if publication.asked_by is not None:
        await notifications.tell(
            session,
            notices.GIVEN_BACK,
            [publication.asked_by],
            subject=notices.subject_of(told.item),
            url=f"/news/{told.item.slug}/edit",
            data={"title": told.item.writing.title},
            by=viewer.id,
        )
    audit.write(session, viewer.id, "news.give-back", f"news:{told.item.id}", note)
    await session.flush()
    return Told(told.item, publication, told.translations)


async def withdraw(session: Session, viewer: Viewer, told: Told) -> Told:
    """Takes it from the public everywhere, at once, or ends its waiting. 409 when there is nothing to end."""
    await _locked(session, told.item)
    publication = await latest(session, told.item.id)
    if publication is None or publication.withdrawn_at is not None:
        raise conflict(_("This is not published."))
    _end(publication, viewer)
    await session.flush()
    await notifications.withdraw(session, notices.subject_of(told.item))
    audit.write(session, viewer.id, "news.withdraw", f"news:{told.item.id}")
    await shelf.forget(session, TOPIC)
    return Told(told.item, publication, told.translations)


async def set_rule(session: Session, viewer: Viewer, kind: str, *, needs_second: bool) -> None:
    """From now on; what is scheduled stays so."""
    row = {"needs_second": needs_second, "changed_at": clock.now(), "changed_by": viewer.id}
    statement = insert(KindRule).values({"kind": kind, **row})
    await session.execute(statement.on_conflict_do_update(index_elements=[KindRule.kind], set_=row))
    audit.write(session, viewer.id, "news.rule", f"news-kind:{kind}", needs_second=needs_second)


async def latest(session: Session, item_id: UUID) -> Publication | None:
    found: Publication | None = await session.scalar(
        select(Publication)
        .where(Publication.item_id == item_id)
        .order_by(Publication.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return found


async def _locked(session: Session, item: NewsItem, if_match: str | None = None) -> None:
    """Two editors at once act one after the other, and on the text that they saw where they say which."""
    await session.refresh(item.writing, with_for_update=True)
    await session.refresh(item, ["kind"])
    if if_match is not None and not is_meant(if_match, item.writing.rev):
        raise Problem(EDITED_MEANWHILE)


def _instant(at: datetime | None, now: datetime) -> datetime:
    if at is None or now - rules.JUST_NOW <= at <= now:
        return now
    if at < now:
        raise invalid(("at", _("This time has passed.")))
    return at


def _end(publication: Publication, viewer: Viewer, note: str = "") -> None:
    publication.withdrawn_at, publication.withdrawn_by, publication.note = clock.now(), viewer.id, note


async def _unapproved(
    session: Session, viewer: Viewer, item: NewsItem, publication: Publication | None
) -> Publication | None:
    """What a second person approved and is then changed before it appears needs her once more."""
    is_scheduled = publication is not None and rules.state_of(publication, clock.now()) == "scheduled"
    if publication is not None and is_scheduled and await _needs_second(session, item):
        publication.approved_at = publication.approved_by = None
        publication.asked_by = viewer.id
        await session.flush()
    return publication


async def _needs_second(session: Session, item: NewsItem) -> bool:
    return (await queries.kind_rules(session))[item.kind]


async def _translated(session: Session, viewer: Viewer, body: NewsBody) -> NewsItem | None:
    if body.translation_of is None:
        return None
    other = await queries.told(session, viewer, body.translation_of)
    if other is None or not (is_editor(viewer) or other.item.author_id == viewer.id):
        raise invalid(("translation_of", _("There is no such item.")))
    if body.lang in [one.item.writing.lang for one in await queries.family(session, other.item)]:
        raise invalid(("lang", _("It exists in this language already.")))
    return other.item


async def _set(session: Session, viewer: Viewer, item: NewsItem, given: dict[str, Any]) -> None:
    if not is_editor(viewer):
        given.pop("pinned", None)
    for name, value in given.items():
        if name == "closes_on" or value is not None:
            setattr(item, name, _once(value) if name == "countries" else value)
    if item.kind != "opportunity":
        if given.get("closes_on") is not None:
            raise invalid(("closes_on", _("Only an opportunity has a closing date.")))
        item.closes_on = None
    await session.flush()


def _once(countries: list[str]) -> list[str]:
    return list(dict.fromkeys(countries))


async def _slug(session: Session, body: NewsBody) -> str:
    otherwise = f"{body.kind}-{clock.today_in_japan():%Y-%m-%d}"
    stem = slug_of(body.title, otherwise, ())
    # Two titles alike at the same moment: the second waits for the first, and finds its address taken.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("news-slug"))))
    return slug_of(body.title, otherwise, await queries.slugs_like(session, stem.rstrip("0123456789").rstrip("-")))
