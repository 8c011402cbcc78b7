"""The directory's JSON: members, and one's own profile."""

from ssc.directory.api.members import router as members
from ssc.directory.api.own import router as own

routers = (own, members)
