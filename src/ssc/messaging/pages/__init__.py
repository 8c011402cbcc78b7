"""Conversations as pages: every act works by a form, scripts make it live."""

from ssc.messaging.pages.inbox import router as inbox
from ssc.messaging.pages.message import router as message
from ssc.messaging.pages.opening import router as opening
from ssc.messaging.pages.reporting import router as reporting
from ssc.messaging.pages.search import router as search
from ssc.messaging.pages.settings import router as settings
from ssc.messaging.pages.thread import router as thread

# The fixed addresses first, for a thread's own is any word.
routers = (inbox, opening, search, thread, settings, reporting, message)
