"""What the pages and calls of chapters and groups ask of the database: the same however many rows there are."""

from datetime import timedelta

import httpx

from ssc.core import clock
from ssc.events.models import Event
from tests.cast import Cast
from tests.communities.rooms import appoint, approved, in_days, joined, opened, proposed, settled
from tests.messaging.people import say
from tests.statements import count_statements

CHAPTERS = ("/chapters", "/chapters/TH", "/chapters/TH/office", "/desk/chapters", "/communities")
GROUPS = ("/groups", "/groups?mine=true", "/groups/solar-cells", "/groups/solar-cells/requests", "/desk/groups")
EXCHANGES = ("/exchanges", "/exchanges/X-1")
PROGRAMS = (
    "/api/v1/chapters",
    "/api/v1/chapters/TH",
    "/api/v1/chapters/TH/office",
    "/api/v1/candidacies",
    "/api/v1/group-proposals",
    "/api/v1/chapters/TH/conversations",
    "/api/v1/groups",
    "/api/v1/groups/solar-cells",
    "/api/v1/groups/solar-cells/requests",
    "/api/v1/groups/solar-cells/conversations",
    "/api/v1/exchanges/X-1",
    "/api/v1/exchanges/X-1/relations",
)


class Asked:
    """How many statements each address takes."""

    def __init__(self, cast: Cast, client: httpx.AsyncClient) -> None:
        self.client = client
        self.seen: list[str] = []
        count_statements(cast.running.database, self.seen)

    async def of(self, *paths: str) -> dict[str, int]:
        found = {}
        for path in paths:
            await self.client.get(path)  # what is asked once in a connection's or a session's life
            self.seen.clear()
            answer = await self.client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            found[path] = len(self.seen)
        return found


async def grow(cast: Cast, staff: httpx.AsyncClient, number: int) -> None:
    """One more of everything: member, candidate, coordinator, event, note, conversation, group, request, exchange."""
    letter = chr(65 + number)
    member = await cast.member(f"Mem {letter}", fields=["Solar energy"])
    coordinator = await cast.member(f"Cor {letter}")
    exchange = await cast.exchange(f"Y-{number}", [member], fields=["Solar energy"], host="Chiba University")
    await cast.takes_part(exchange, coordinator)
    client, cors = await cast.browser(member), await cast.browser(coordinator)
    await settled(cast)
    await appoint(staff, str(coordinator.handle), ends_on=in_days(30))
    await cors.post("/api/v1/chapters/TH/notes", json={"body": f"Note {letter}"})
    await client.put("/api/v1/chapters/TH/volunteer")
    await opened(client, f"Talk {letter}")
    await opened(staff, f"Group talk {letter}", "groups/solar-cells")
    await joined(client, "solar-cells")
    await approved(client, staff, f"Group {letter}", field="Solar energy")
    await proposed(client, f"Waiting {letter}")
    starts = clock.now() + timedelta(days=30 + number)
    async with cast.running.database.transaction() as session:
        for slug, at in ((f"next-{number}", starts), (f"past-{number}", starts - timedelta(days=100))):
            session.add(
                Event(
                    slug=slug,
                    title=f"Solar energy {letter}",
                    country="TH",
                    audience="public",
                    starts_at=at,
                    ends_at=at + timedelta(hours=2),
                    time_zone="Asia/Bangkok",
                    published_at=clock.now(),
                    search_text="solar energy",
                )
            )


async def test_they_ask_no_more_for_many_rows_than_for_few(cast: Cast) -> None:
    ann = await cast.holder("Ann Able", "staff")
    anns = await cast.browser(ann)
    await cast.exchange("X-1", [ann], fields=["Solar energy"], host="Chiba University")
    await approved(anns, anns, "Solar cells", field="Solar energy", joining="request")
    for number in range(2):
        await grow(cast, anns, number)
    asked = Asked(cast, anns)
    paths = (*CHAPTERS, *GROUPS, *EXCHANGES, *PROGRAMS)
    few = await asked.of(*paths)
    for number in range(2, 7):
        await grow(cast, anns, number)
    many = await asked.of(*paths)
    assert many == few
    assert max(many.values()) <= 30, many


async def test_a_conversation_asks_no_more_however_much_was_said_in_it(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await settled(cast)
    anns = await cast.browser(ann)
    talk = await opened(anns, "Trains")
    asked = Asked(cast, anns)
    paths = (f"/conversations/{talk['id']}", f"/api/v1/conversations/{talk['id']}", f"/messages/{talk['thread_id']}")
    await say(anns, f"/api/v1/threads/{talk['thread_id']}", "One")
    await say(anns, f"/api/v1/threads/{talk['thread_id']}", "Two")
    few = await asked.of(*paths)
    for _n in range(10):
        await say(anns, f"/api/v1/threads/{talk['thread_id']}", "More")
    assert await asked.of(*paths) == few
