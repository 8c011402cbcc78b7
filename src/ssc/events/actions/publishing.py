"""A report becomes public news, with its photos and with those quotes that people agreed to."""

from ssc.core import audit, clock, errors, shelf
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events.actions import photos, quoting
from ssc.events.actions.writing import TOPIC
from ssc.events.models import Event, Report
from ssc.events.queries import after
from ssc.news import reports
from ssc.people.viewer import Viewer


async def publish_report(session: Session, viewer: Viewer, event: Event) -> Report:
    """As public news of the kind `reunion-report`. 409 before the event is over, or without a report."""
    report = await after.report_of(session, event.id)
    if event.status != "past":
        raise errors.conflict(_("A report is published when the event is over."))
    if report is None:
        raise errors.conflict(_("Write the report first."))
    if report.published_at is None:
        report.news_slug = await reports.publish(
            session,
            viewer,
            title=report.title,
            summary=report.summary,
            body=await photos.show_in(session, report, await quoting.print_in(session, report)),
            lang=report.lang,
            countries=[event.country],
            writing_id=report.writing_id,
        )
        report.published_at = clock.now()
        audit.write(session, viewer.id, "event.report", event.subject, news=report.news_slug)
        await shelf.forget(session, TOPIC, f"event-{event.id}")
        await session.flush()
    return report
