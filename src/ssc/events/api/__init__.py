"""Events for programs."""

from ssc.events.api import events

routers = (events.router,)
