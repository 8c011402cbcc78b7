"""Events to read, to write and to answer."""

from ssc.events.pages import answering, calendars, reading, telling, writing

routers = (writing.router, answering.router, telling.router, reading.router, calendars.router)
