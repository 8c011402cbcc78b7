"""Work behind the scenes."""

from ssc.core import jobs

book = jobs.Book()
