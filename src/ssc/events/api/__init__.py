"""Events for programs."""

from ssc.events.api import answers, calendars, events, telling

routers = (calendars.router, calendars.plain, events.router, answers.router, telling.router)
