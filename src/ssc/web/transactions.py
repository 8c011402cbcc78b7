"""What a route may ask for: this process, and one transaction that is committed before the answer."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Request

from ssc.core.db import Session
from ssc.core.process import Process


async def process_of(request: Request) -> Process:
    # Not waited for, but async all the same: a plain function would be sent to a thread and back.
    return cast(Process, request.app.state.process)


Running = Annotated[Process, Depends(process_of)]


async def transaction(request: Request) -> AsyncIterator[Session]:
    # It does not ask for `Running`: each of some six hundred routes asks for a transaction three times over, and a
    # dependency of a dependency costs whenever it is declared and whenever it is solved.
    database = cast(Process, request.app.state.process).database
    async with database.reading() if request.method in ("GET", "HEAD") else database.transaction() as session:
        yield session


# The function's scope, not the request's: who reads a 201 must find the thing, even on another connection.
Transaction = Annotated[Session, Depends(transaction, scope="function")]
