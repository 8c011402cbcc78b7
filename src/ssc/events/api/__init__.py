"""Events for programs."""

from ssc.events.api import after, answers, calendars, certificates, door, events, photos, reports, telling

routers = (
    calendars.router,
    calendars.plain,
    events.router,
    answers.router,
    telling.router,
    door.router,
    after.router,
    certificates.router,
    reports.router,
    photos.router,
)
