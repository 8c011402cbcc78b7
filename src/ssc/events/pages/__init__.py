"""Events to read, to write and to answer; the door, and what comes after."""

from ssc.events.pages import (
    after,
    answering,
    calendars,
    certificates,
    door,
    photos,
    reading,
    reports,
    surveys,
    telling,
    writing,
)

routers = (
    writing.router,
    answering.router,
    telling.router,
    door.router,
    after.router,
    surveys.router,
    certificates.router,
    reports.router,
    photos.router,
    reading.router,
    calendars.router,
)
