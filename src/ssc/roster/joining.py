"""Joining composed: the routers and jobs of invitations, claims, requests, recoveries and links for mates."""

from ssc.roster.bringing import api as bringing_api
from ssc.roster.bringing import pages as bringing_pages
from ssc.roster.claiming import api as claiming_api
from ssc.roster.claiming import pages as claiming_pages
from ssc.roster.hosting import api as hosting_api
from ssc.roster.hosting import pages as hosting_pages
from ssc.roster.inviting import api as inviting_api
from ssc.roster.inviting import jobs as inviting_jobs
from ssc.roster.inviting import pages as inviting_pages
from ssc.roster.recovering import api as recovering_api
from ssc.roster.recovering import jobs as recovering_jobs
from ssc.roster.recovering import pages as recovering_pages
from ssc.roster.requesting import api as requesting_api
from ssc.roster.requesting import jobs as requesting_jobs
from ssc.roster.requesting import pages as requesting_pages

routers = (
    claiming_api.router,
    *claiming_pages.routers,
    inviting_api.router,
    inviting_pages.router,
    requesting_api.router,
    requesting_pages.router,
    recovering_api.router,
    recovering_pages.router,
    bringing_api.router,
    bringing_pages.router,
    hosting_api.router,
    hosting_pages.router,
)
books = (inviting_jobs.book, requesting_jobs.book, recovering_jobs.book)
