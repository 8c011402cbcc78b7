"""The application composed: every router, menu, job book and filter, and in which order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from ssc.accounts import api as accounts_api
from ssc.accounts import jobs as accounts_jobs
from ssc.accounts import pages as accounts_pages
from ssc.accounts.loaders import recognise
from ssc.accounts.queries import count_unread
from ssc.communities import actions as communities
from ssc.communities import api as communities_api
from ssc.communities import hub as communities_hub
from ssc.communities import jobs as communities_jobs
from ssc.communities import notices as communities_notices
from ssc.communities import pages as communities_pages
from ssc.communities import reporting as communities_reporting
from ssc.communities.albums import api as albums_api
from ssc.communities.albums import jobs as albums_jobs
from ssc.communities.albums import notices as albums_notices
from ssc.communities.albums import pages as albums_pages
from ssc.communities.albums import reporting as albums_reporting
from ssc.communities.chapters import api as chapters_api
from ssc.communities.chapters import desk as chapters_desk
from ssc.communities.chapters import notices as chapters_notices
from ssc.communities.chapters import pages as chapters_pages
from ssc.communities.conversations import api as conversations_api
from ssc.communities.conversations import notices as conversations_notices
from ssc.communities.conversations import pages as conversations_pages
from ssc.communities.groups import api as groups_api
from ssc.communities.groups import notices as groups_notices
from ssc.communities.groups import pages as groups_pages
from ssc.communities.hosting import api as hosting_api
from ssc.communities.hosting import notices as hosting_notices
from ssc.communities.hosting import pages as hosting_pages
from ssc.contact import api as contact_api
from ssc.contact import jobs as contact_jobs
from ssc.contact import notices as contact_notices
from ssc.contact import pages as contact_pages
from ssc.core import jobs, mail, process
from ssc.core.config import Settings
from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.core.shelf import Shelf
from ssc.desk import api as desk_api
from ssc.desk import pages as desk
from ssc.directory import api as directory_api
from ssc.directory import jobs as directory_jobs
from ssc.directory import pages as directory_pages
from ssc.directory import reporting as directory_reporting
from ssc.events import api as events_api
from ssc.events import digest as events_digest
from ssc.events import jobs as events_jobs
from ssc.events import notices as events_notices
from ssc.events import pages as events_pages
from ssc.events import reporting as events_reporting
from ssc.guide import api as guide_api
from ssc.guide import jobs as guide_jobs
from ssc.guide import pages as guide_pages
from ssc.guide.actions import watching
from ssc.guide.searching import pages_with
from ssc.home import pages as home
from ssc.menus import MENUS
from ssc.messaging import api as messaging_api
from ssc.messaging import gateway as messaging_gateway
from ssc.messaging import jobs as messaging_jobs
from ssc.messaging import kinds as messaging_kinds
from ssc.messaging import pages as messaging_pages
from ssc.messaging import reporting as messaging_reporting
from ssc.messaging.gateway import Gateway
from ssc.messaging.queries.unread import unread_messages_of
from ssc.messaging.writing import Writer
from ssc.moderation import api as moderation_api
from ssc.moderation import notices as moderation_notices
from ssc.moderation import pages as moderation_pages
from ssc.moderation import targets
from ssc.news import api as news_api
from ssc.news import jobs as news_jobs
from ssc.news import notices as news_notices
from ssc.news import pages as news_pages
from ssc.news.newsletters import api as newsletters_api
from ssc.news.newsletters import jobs as newsletters_jobs
from ssc.news.newsletters import pages as newsletters_pages
from ssc.news.newsletters.composing import MAGAZINE
from ssc.notifications import api as notifications_api
from ssc.notifications import digests, kinds, leaving, queries
from ssc.notifications import jobs as notifications_jobs
from ssc.notifications import pages as notifications_pages
from ssc.people import following
from ssc.places import countries, languages
from ssc.programmes import catalogue
from ssc.roster import joining
from ssc.roster.duplicates import api as duplicates_api
from ssc.roster.duplicates import pages as duplicates_pages
from ssc.roster.importing import api as importing_api
from ssc.roster.importing import jobs as importing_jobs
from ssc.roster.importing import pages as importing_pages
from ssc.roster.inviting import actions as inviting
from ssc.roster.recovering import notices as recovering_notices
from ssc.search import api as search_api
from ssc.search import hits as search_hits
from ssc.search import pages as search_pages
from ssc.search.sources import SOURCES, of_programmes
from ssc.stories import api as stories_api
from ssc.stories import digest as stories_digest
from ssc.stories import jobs as stories_jobs
from ssc.stories import notices as stories_notices
from ssc.stories import pages as stories_pages
from ssc.stories import reporting as stories_reporting
from ssc.web import api, documentation, metrics, offline, operations, problems, site, static, templates
from ssc.web.faults import Faults
from ssc.web.guard import Guard
from ssc.web.kept import Front, Keeping
from ssc.web.switchboard import Switchboard, flat

ROUTERS: tuple[APIRouter, ...] = (
    operations.router,
    metrics.router,
    site.router,
    offline.router,
    documentation.router,
    home.router,
    *accounts_api.routers,
    *accounts_pages.routers,
    *notifications_api.routers,
    *notifications_pages.routers,
    moderation_api.router,
    *moderation_pages.routers,
    *directory_api.routers,
    *directory_pages.routers,
    *events_api.routers,
    *events_pages.routers,
    *messaging_api.routers,
    *messaging_pages.routers,
    *messaging_gateway.routers,
    *news_pages.routers,
    news_api.router,
    newsletters_api.router,
    newsletters_pages.router,
    communities_api.router,
    communities_pages.router,
    *albums_api.routers,
    albums_pages.router,
    hosting_api.router,
    hosting_pages.router,
    chapters_api.router,
    groups_api.router,
    conversations_api.router,
    communities_hub.router,
    chapters_pages.router,
    chapters_desk.router,
    groups_pages.router,
    conversations_pages.router,
    *stories_pages.routers,
    *stories_api.routers,
    contact_api.router,
    contact_pages.router,
    *guide_api.routers,
    *guide_pages.routers,
    search_api.router,
    search_pages.router,
    *joining.routers,
    importing_api.router,
    importing_pages.router,
    duplicates_api.router,
    duplicates_pages.router,
    desk.router,
    desk_api.router,
)
BOOKS: tuple[Book, ...] = (
    mail.book,
    accounts_jobs.book,
    notifications_jobs.book,
    messaging_jobs.book,
    news_jobs.book,
    newsletters_jobs.book,
    directory_jobs.book,
    events_jobs.book,
    communities_jobs.book,
    albums_jobs.book,
    stories_jobs.book,
    contact_jobs.book,
    guide_jobs.book,
    *joining.books,
    importing_jobs.book,
)
KINDS: tuple[kinds.Kind, ...] = (
    *communities_notices.KINDS,
    *albums_notices.KINDS,
    *hosting_notices.KINDS,
    *conversations_notices.KINDS,
    *groups_notices.KINDS,
    *chapters_notices.KINDS,
    *events_notices.KINDS,
    *contact_notices.KINDS,
    *messaging_kinds.KINDS,
    *news_notices.KINDS,
    MAGAZINE,
    *recovering_notices.KINDS,
    *moderation_notices.KINDS,
    *stories_notices.KINDS,
    kinds.SECURITY,
)
digests.register((events_digest.NEAR, stories_digest.OF_FIELD))
kinds.register(KINDS)  # at import, since workers and commands tell and write letters too
targets.register(
    (
        directory_reporting.MEMBER,
        messaging_reporting.MESSAGE,
        *stories_reporting.TARGETS,
        events_reporting.EVENT,
        *albums_reporting.TARGETS,
        *communities_reporting.TARGETS,
    )
)
following.register((communities.follow,))
count_unread(notices=queries.unread_of, messages=unread_messages_of)
leaving.others += [inviting.refuse, watching.stop]


search_hits.register((of_programmes(pages_with), *SOURCES))


class Club(FastAPI):
    """The framework with our layers around its own: its answers to bodies too large and to faults pass them too."""

    @property
    def routes(self) -> list[BaseRoute]:
        """Every route, for the API's description; asked are they through the switchboard."""
        return [one for held in self.router.routes for one in getattr(held, "routes", None) or [held]]

    def build_middleware_stack(self) -> ASGIApp:
        settings: Settings = self.state.settings
        kept = Keeping(super().build_middleware_stack(), settings, self._shelf)
        return Front(Guard(Faults(kept), settings), settings, self._shelf)

    def _shelf(self) -> Shelf:
        """Of the process that was handed over, which is opened after the layers are built."""
        running: Process = self.state.process
        return running.shelf


def create_app(settings: Settings, running: Process | None = None, *, with_worker: bool = False) -> FastAPI:
    """The ASGI application. `running`: a process that the caller opened and closes (tests, commands).

    `with_worker`: jobs run beside the requests, as long as the application does.
    """
    settings.check()
    templates.add_filters(country=countries.name, programme=catalogue.name, programme_short=catalogue.short_name)
    templates.add_filters(language_name=languages.name)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with process.opened(settings) as opened:
            _hand_over(app, opened)
            async with jobs.working(opened, BOOKS) if with_worker else nullcontext():
                yield
            await app.state.gateway.close()
            await app.state.writer.finish()

    app = Club(
        title="Sakura Science Club",
        version="1",
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan if running is None else None,
        max_body_size=api.JSON_LIMIT,
        redirect_slashes=False,
    )
    if running is not None:
        _hand_over(app, running)
    app.state.settings = settings
    app.state.menus = MENUS
    app.state.recognise = recognise
    problems.install(app)
    app.router.routes[:] = [Switchboard(flat(ROUTERS)), Mount("/static", static.serve)]
    return app


def _hand_over(app: FastAPI, running: Process) -> None:
    app.state.process = running
    app.state.writer = Writer(running)
    app.state.gateway = Gateway(running, app.state.writer)
