"""Notifications by the API: one's notices, and what mail servers hand in."""

from ssc.notifications.api import inbound, notices, push

routers = (notices.router, push.router, inbound.router)
