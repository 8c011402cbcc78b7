"""The directory's pages and files."""

from ssc.directory.pages.members import router as members
from ssc.directory.pages.own import router as own
from ssc.directory.pages.photos import router as photos
from ssc.directory.pages.preferences import router as preferences

routers = (own, preferences, members, photos)
