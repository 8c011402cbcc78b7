"""Events to read, to write and to answer."""

from ssc.events.pages import answering, calendars, reading, writing

routers = (writing.router, answering.router, reading.router, calendars.router)
