"""The directory's pages and files."""

from ssc.directory.pages.photos import router as photos

routers = (photos,)
