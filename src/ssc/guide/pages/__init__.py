"""The guide's pages: reading it, waiting for a call, correcting it."""

from ssc.guide.pages import correcting, reading, watching

routers = (watching.router, reading.router, correcting.router)
