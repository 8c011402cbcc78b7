"""Events for programs."""

from ssc.events.api import answers, calendars, events

routers = (calendars.router, calendars.plain, events.router, answers.router)
