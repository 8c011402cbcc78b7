"""Events to read and to write."""

from ssc.events.pages import reading, writing

routers = (writing.router, reading.router)
