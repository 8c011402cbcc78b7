"""The guide's pages: reading it, waiting for a call, correcting it."""

from ssc.guide.pages import correcting, hosting, reading, watching

routers = (watching.router, reading.router, correcting.router, hosting.router)
