"""One statement of an import, given those of the import's values that it names."""

from sqlalchemy import text

from ssc.core.db import Session


async def run(session: Session, statement: str, **values: object) -> None:
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    await session.execute(text(statement), used)
