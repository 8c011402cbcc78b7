"""Searching counts: people found here are people read in the directory."""

from ssc.core.db import Session
from ssc.core.process import Process
from ssc.directory.actions.counting import count_profiles, count_request
from ssc.people.viewer import Viewer
from ssc.search import queries
from ssc.search.forms import Asked
from ssc.search.hits import Group


async def searched(process: Process, session: Session, viewer: Viewer | None, asked: Asked) -> list[Group]:
    """What is found; 429 for a member who has read as much of the directory as anybody may."""
    await count_request(process, viewer)
    found = await queries.search(session, viewer, asked)
    people = [hit.member_id for group in found for hit in group.hits if hit.member_id is not None]
    await count_profiles(process, viewer, people)
    return found
