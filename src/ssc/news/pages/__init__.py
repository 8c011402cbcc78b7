"""The pages of news: for everybody, and for who writes them."""

from ssc.news.pages import public

routers = (public.router,)
