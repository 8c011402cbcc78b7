"""Pages of stories."""

from ssc.stories.pages import feeds, files, public

routers = (feeds.router, public.router, files.router)
