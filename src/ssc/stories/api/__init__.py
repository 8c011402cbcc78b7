"""Stories for programs."""

from ssc.stories.api import authors, public

routers = (public.router, authors.router)
