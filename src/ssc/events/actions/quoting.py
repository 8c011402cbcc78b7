"""Quotes for the report: asked of who was there, agreed to in her own words, taken back whenever she likes."""

from uuid import UUID

from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import report_template
from ssc.events.forms.after import QuoteAnswer
from ssc.events.models import Event, Quote, Report
from ssc.events.notices import EVENT_QUOTE, data_of
from ssc.events.queries import after, quotes
from ssc.news import reports
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.places import countries


async def ask(session: Session, viewer: Viewer, event: Event, member_id: UUID | None, proposal: str) -> Quote:
    """She is told, and nothing is printed before she agrees. 422 for who was not there and for minors, whom nobody
    asks; 409 before the event, once the report is published, and for who was asked and said something."""
    if event.status != "past":
        raise errors.conflict(_("People are asked when the event is over."))
    if (report := await after.report_of(session, event.id)) is not None and report.published_at is not None:
        raise errors.conflict(_("This report is published. Its editors can change it as news."))
    member = await quotes.quotable(session, event.id, member_id) if member_id else None
    if member is None or member.adult_from > clock.today_in_japan():
        raise errors.invalid(("member", _("Nobody of this name was there who may be asked.")))
    held = await quotes.quote_of(session, event.id, member.id, lock=True)
    if held is not None and held.state != "asked":
        raise errors.conflict(_("This person has answered already."))
    made = held or Quote(id=ids.new(), event_id=event.id, member_id=member.id)
    made.asked_by, made.text = viewer.id, proposal
    session.add(made)
    audit.write(session, viewer.id, "event.quote-ask", event.subject, member=str(member.id))
    await session.flush()
    await notifications.tell(
        session,
        EVENT_QUOTE,
        [member.id],
        subject=f"event-quote:{made.id}",
        url=f"{event.url}/quote",
        data=data_of(event),
        by=viewer.id,
    )
    return made


async def say(session: Session, viewer: Viewer, event: Event, quote: Quote, body: QuoteAnswer) -> None:
    """What she says to it. 422 at `text` for a yes without words; 409 for changing what is printed."""
    if not body.agree:
        await _refuse(session, viewer, event, quote)
        return
    text = quote.text if body.text is None else body.text
    if not text.strip():
        raise errors.invalid(("text", _("Write what we may quote.")))
    if quote.printed:
        raise errors.conflict(_("It is printed. You can take it back."))
    quote.text = text
    quote.signed = body.signed or signature_of(viewer)
    quote.agreed_at, quote.refused_at = clock.now(), None
    audit.write(session, viewer.id, "event.quote-agree", event.subject)
    await session.flush()


def signature_of(viewer: Viewer) -> str:
    """The name under her words, unless she wants another."""
    return f"{viewer.member.name}, {countries.name(viewer.member.country)}"[:160]


async def print_in(session: Session, report: Report) -> str:
    """The report's text with those quotes that people agreed to; from now on known word for word."""
    body = report_template.without_prompt(report.body)
    for quote in await quotes.agreed(session, report.event_id):
        quote.printed = report_template.quoted(quote.text, quote.signed)
        body += quote.printed
    await session.flush()
    return body


async def _refuse(session: Session, viewer: Viewer, event: Event, quote: Quote) -> None:
    """Once more changes nothing."""
    if quote.state == "refused":
        return
    quote.agreed_at, quote.refused_at = None, clock.now()
    report = await after.report_of(session, event.id)
    if quote.printed and report is not None and report.news_slug is not None:
        await reports.take_out(session, viewer, report.news_slug, quote.printed)
    quote.printed = quote.text = quote.signed = ""
    audit.write(session, viewer.id, "event.quote-refuse", event.subject)
    await session.flush()
