"""Pages of stories."""

from ssc.stories.pages import files, public

routers = (public.router, files.router)
