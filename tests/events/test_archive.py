"""The reunions that were before this software: in every club, once."""

from sqlalchemy import delete, func, select

from ssc.events.actions import archiving
from ssc.events.models import Event
from tests.cast import Cast


async def test_a_club_begins_with_its_past_reunions_and_what_staff_delete_stays_deleted(cast: Cast) -> None:
    async with cast.running.database.transaction() as session:
        assert await archiving.seed(session) == 12
    past = (await cast.visitor().get("/api/v1/events", params={"when": "past", "limit": 100})).json()["items"]
    assert [past[0]["title"], past[-1]["title"], len(past)] == [
        "Sixth Indian alumni meeting",
        "Reunion in Singapore",
        12,
    ]
    hanoi = next(one for one in past if one["title"] == "Reunion in Hanoi")
    assert (hanoi["starts_at"][:10], hanoi["going"], hanoi["country"]) == ("2019-03-21", 121, "VN")
    delhi = (past[0]["starts_at"], past[0]["ends_at"])
    assert delhi == ("2025-01-18T05:30:00Z", "2025-01-18T08:30:00Z")  # 11:00 to 14:00 there
    async with cast.running.database.transaction() as session:
        await session.execute(delete(Event).where(Event.slug == "reunion-in-hanoi"))
    async with cast.running.database.transaction() as session:
        assert await archiving.seed(session) == 0
        assert await session.scalar(select(func.count()).select_from(Event)) == 11
