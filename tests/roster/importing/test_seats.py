"""With an import who belongs elsewhere sits elsewhere, before any job has run."""

from sqlalchemy import select, update

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.people.models import Member
from tests.cast import Cast
from tests.communities.rooms import settled
from tests.messaging.people import titles
from tests.roster.conftest import Import
from tests.roster.reading.files import csv_of

HEADER = "name,email,birth_date,country,exchange_code,host"


async def test_an_import_that_moves_somebody_moves_her_seat(cast: Cast, imported: Import) -> None:
    await imported(csv_of(HEADER, "Asha Rao,asha@a.example,1990-01-02,IN,SSP-A-2014-00001,Kyushu University"))
    async with cast.running.database.transaction() as session:
        await session.execute(update(Member).values(joined_at=clock.now(), handle="asha"))
        asha = (await session.scalars(select(Member))).one()
        session.add(Account(member_id=asha.id))
    await settled(cast)
    ashas = await cast.browser(asha)
    assert await titles(ashas) == ["India · インド"]
    await imported(csv_of(HEADER, "Asha Rao,asha@a.example,1990-01-02,LK,SSP-A-2014-00001,Kyushu University"))
    assert await titles(await cast.browser(asha)) == ["SSP-A-2014-00001", "Sri Lanka · スリランカ"]
