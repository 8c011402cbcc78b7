"""The guide for programs: reading it, waiting for a call, correcting it."""

from ssc.guide.api import correcting, hosting, reading, watching

routers = (reading.router, watching.router, correcting.router, hosting.router)
