"""The pages of news: for everybody, for who writes them, and the editors' desk."""

from ssc.news.pages import desk, editing, public, publishing

# `/news/new` before `/news/{slug}`.
routers = (editing.router, publishing.router, public.router, desk.router)
