"""Stories for programs."""

from ssc.stories.api import authors, consents, photos, public, questions

routers = (public.router, authors.router, photos.router, consents.router, questions.router)
