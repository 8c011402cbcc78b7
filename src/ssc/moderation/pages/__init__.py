"""Pages: reporting something, the moderators' queue and log, and the decision as the person concerned reads it."""

from ssc.moderation.pages.deciding import router as deciding
from ssc.moderation.pages.own import router as own
from ssc.moderation.pages.reporting import router as reporting

routers = (reporting, own, deciding)
