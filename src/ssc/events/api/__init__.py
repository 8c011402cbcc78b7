"""Events for programs."""

from ssc.events.api import answers, events

routers = (events.router, answers.router)
