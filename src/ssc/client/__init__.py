"""The club's Python client: typed, asynchronous, patient with bad lines. It knows the API, none of our packages.

async with Club("https://club.example", token="…") as club, club.connect() as live:
    async for event in live:
        if isinstance(event, MessageCame) and event.is_new:
            await live.send(event.message["thread_id"], "Good morning!")
"""

from ssc.client.club import Club
from ssc.client.events import (
    Connected,
    Disconnected,
    Event,
    MessageCame,
    Noticed,
    PresenceChanged,
    ReadUpTo,
    ThreadChanged,
    ThreadLeft,
    Typing,
)
from ssc.client.live import Live
from ssc.client.problems import ClubProblem
from ssc.client.shapes import Ack, Member, Message, Thread

__all__ = [
    "Ack",
    "Club",
    "ClubProblem",
    "Connected",
    "Disconnected",
    "Event",
    "Live",
    "Member",
    "Message",
    "MessageCame",
    "Noticed",
    "PresenceChanged",
    "ReadUpTo",
    "Thread",
    "ThreadChanged",
    "ThreadLeft",
    "Typing",
]
