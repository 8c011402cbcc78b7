"""The database: engine, tables' common ground, and the only place that commits."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar, LiteralString, cast
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import namedtuple_row
from sqlalchemy import DateTime, MetaData, Select, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, SessionTransaction, mapped_column
from sqlalchemy.orm import Session as SyncSession

from ssc.core import clock, ids
from ssc.core.config import Settings
from ssc.core.engines import Engines, bare_pool

AfterCommit = Callable[[], Awaitable[None]]

_WRITERS = 6  # one of them kept for `Database.write`


class Base(DeclarativeBase):
    """What all tables share: names for constraints, zones for instants."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        dict[str, Any]: JSONB,
    }


class Identified:
    """A row with a UUIDv7 of its own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new, sort_order=-10)


class Dated:
    """A row that knows since when it stands."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)


class _Held(SyncSession):
    """What an `AsyncSession` drives; what is told within a savepoint goes with it when it is rolled back."""


class Session(AsyncSession):
    """One transaction's view of the database; knows the settings and what is to happen after the commit.

    Every list in `info` is of what is to happen then.
    """

    sync_session_class = _Held

    @property
    def settings(self) -> Settings:
        return cast(Settings, self.info["settings"])

    def after_commit(self, act: AfterCommit) -> None:
        """`act` runs once the whole transaction is durable, and never if it is not."""
        self.info.setdefault("after_commit", []).append(act)

    @property
    def only_reads(self) -> bool:
        """Whether each statement stands for itself, as in a request that changes nothing."""
        return "lender" in self.info

    async def driver(self) -> AsyncConnection[Any]:
        """The psycopg connection of this transaction: for COPY, and for jobs that vanish with it.

        Where nothing is changed it is one of the pool of bare connections: SQLAlchemy's own asks for a greenlet
        at every step, which took longer than most of our statements (measured).
        """
        if "driver" not in self.info:
            if self.only_reads:
                self.info["driver"] = await self.info["lender"].getconn()
            else:
                raw = await (await self.connection()).get_raw_connection()
                self.info["driver"] = raw.driver_connection
        return cast("AsyncConnection[Any]", self.info["driver"])

    async def rows(self, sql: LiteralString, values: Mapping[str, Any], *, prepare: bool | None = None) -> list[Any]:
        """Named tuples of SQL of ours, run on the driver: for what every request asks, at a third of the cost.

        `prepare=False` plans anew each time, where the best plan depends on the values.
        """
        if self.new or self.dirty or self.deleted:
            await self.flush()
        connection = await self.driver()
        async with connection.cursor(row_factory=namedtuple_row) as cursor:
            await cursor.execute(sql, values, prepare=prepare)
            return await cursor.fetchall()

    async def change(self, sql: LiteralString, values: Mapping[str, Any], *, prepare: bool | None = None) -> int:
        """As `rows`, for what answers nothing but how many rows it changed."""
        if self.new or self.dirty or self.deleted:
            await self.flush()
        connection = await self.driver()
        return (await connection.execute(sql, values, prepare=prepare)).rowcount


@event.listens_for(_Held, "after_transaction_create")
def _mark(session: SyncSession, begun: SessionTransaction) -> None:
    if begun.nested:
        marks = session.info.setdefault("marks", {})
        marks[begun] = {name: len(told) for name, told in session.info.items() if isinstance(told, list)}


@event.listens_for(_Held, "after_soft_rollback")
def _forget(session: SyncSession, undone: SessionTransaction) -> None:
    mark = session.info.get("marks", {}).pop(undone, None)
    if mark is None:
        return
    for name in [name for name, told in session.info.items() if isinstance(told, list)]:
        del session.info[name][mark.get(name, 0) :]


class Prepared:
    """A select that every request makes: compiled once, run by `Session.rows`."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=psycopg_dialect.dialect())  # type: ignore[no-untyped-call]
        self._sql: LiteralString = str(compiled)
        self._fixed = compiled.construct_params(_check=False)

    async def rows(self, session: Session, **values: object) -> list[Any]:
        return await session.rows(self._sql, {**self._fixed, **values}, prepare=True)


class Database:
    """The pool of connections, and the transactions taken from it."""

    def __init__(self, url: str, settings: Settings, *, pool_size: int = 10, engines: Engines | None = None) -> None:
        """`engines`: those of a caller who closes them herself, when they have served several in turn."""
        used = engines or Engines(url, pool_size=pool_size)
        self._own = used if engines is None else None
        self.engine, self.reader = used.changing, used.reading
        self.url = url
        self._bare = bare_pool(url, pool_size)
        self._writers = bare_pool(url, _WRITERS, by_keys=True)
        self._kept: AsyncCursor[Any] | None = None
        self.info: dict[str, Any] = {"settings": settings}  # what every session's `info` begins with
        self._sessions = _sessions(self.engine, self.info)
        self._readings = _sessions(self.reader, self.info)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """Commits when the block ends well, then runs what was to happen after; rolls back otherwise."""
        async with self._sessions() as session:
            async with session.begin():
                session.info["after_commit"] = []
                try:
                    yield session
                except BaseException:
                    session.expunge_all()  # a rollback empties what was loaded, and the error's page names the viewer
                    raise
            acts: list[AfterCommit] = session.info.pop("after_commit")
        await _run(acts)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """As `transaction`, for statements that go by keys, run by `rows` and `change` alone, again and again."""
        await self._writers.open()
        async with self._writers.connection() as connection:
            session = self._sessions()
            session.info.update(driver=connection, after_commit=[])
            async with connection.transaction():
                yield session
        await _run(session.info.pop("after_commit"))

    async def write(self, sql: LiteralString, values: Mapping[str, Any]) -> list[Any]:
        """One such statement, committed by itself: what it answers, as named tuples.

        One connection and its cursor are kept for the next one: to take them from the pool and give them back each
        time was half of what the driver needs for it (measured). Those of writes at the same time go back.
        """
        cursor, self._kept = self._kept, None
        if cursor is None:
            await self._writers.open()
            cursor = (await self._writers.getconn()).cursor(row_factory=namedtuple_row)
        try:
            await cursor.execute(sql, values, prepare=True)
            rows = await cursor.fetchall()
        except BaseException:
            await self._writers.putconn(cursor.connection)  # who looks whether it still lives
            raise
        if self._kept is None:
            self._kept = cursor
        else:
            await self._writers.putconn(cursor.connection)
        return rows

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """For requests that change nothing but traces (last seen): each statement stands for itself.

        Under READ COMMITTED a transaction of selects sees no more than its statements do one by one,
        and costs two round trips more.
        """
        await self._bare.open()  # at the first request: a pool belongs to the loop that runs
        session = self._readings()
        session.info["lender"] = self._bare
        session.info["after_commit"] = []
        try:
            yield session
            if session.in_transaction():
                await session.commit()
        except Exception:
            session.expunge_all()
            await _run(session.info["after_commit"])  # its statements stand, and so does what was to follow them
            raise
        except BaseException:
            session.expunge_all()
            raise
        finally:
            if "driver" in session.info:
                await self._bare.putconn(session.info.pop("driver"))
            if session.in_transaction():
                await session.close()
        await _run(session.info.pop("after_commit"))

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[Session]:
        """A transaction that stands whatever becomes of the caller's.

        Only for failure counters, the audit of refused access, and an import's progress:
        a raised 401 rolls its request back, and these must be remembered all the same.
        """
        async with self.transaction() as session:
            yield session

    async def close(self) -> None:
        if self._kept is not None:
            await self._writers.putconn(self._kept.connection)
            self._kept = None
        await self._bare.close()
        await self._writers.close()
        if self._own is not None:
            await self._own.close()


async def _run(acts: list[AfterCommit]) -> None:
    for act in acts:
        await act()


def _sessions(engine: AsyncEngine, info: dict[str, Any]) -> async_sessionmaker[Session]:
    return async_sessionmaker(engine, class_=Session, expire_on_commit=False, info=info)
