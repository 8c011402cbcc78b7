"""Live delivery: channels, their receivers and the order in which each hears; knows no thread and no message."""

from ssc.core.live.hub import Live
from ssc.core.live.news import Act, Burst, Publication, Receiver, channel_of
from ssc.core.live.outlet import Outlet
from ssc.core.live.telling import admit, dismiss, notice, publish, refresh, revoke

__all__ = [
    "Act",
    "Burst",
    "Live",
    "Outlet",
    "Publication",
    "Receiver",
    "admit",
    "channel_of",
    "dismiss",
    "notice",
    "publish",
    "refresh",
    "revoke",
]
