"""The bare page to compare with: FastAPI and Jinja, as many bytes as asked for, no session; one statement or none."""

import sys
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from psycopg_pool import AsyncConnectionPool

ONE = "SELECT id, name, headline, country FROM member WHERE handle = %(key)s"
TAG = '"bare"'
ROW = (
    '<li class="row"><a href="/members/{{ row.handle }}">{{ row.name }}</a><p>{{ row.headline }}</p>'
    "<small>{{ row.country }} · {{ row.year }}</small></li>\n"
)
PAGE = (
    "<!doctype html><html lang=en><title>{{ title }}</title><main><ul>{% for row in rows %}"
    + ROW
    + "{% endfor %}</ul></main></html>"
)


@dataclass
class Row:
    handle: str
    name: str
    headline: str
    country: str
    year: int


def app(size: int, database: str = "") -> FastAPI:
    """Answers `/` with a page of about `size` bytes; with a database it first asks for one row by its key, prepared."""
    template = Environment(autoescape=True).from_string(PAGE)
    row = Row("suda-c", "Suda Chaiyaporn", "Ceramics, and how they break at high temperatures", "Thailand", 2019)
    each = len(template.render(title="", rows=[row])) - len(template.render(title="", rows=[]))
    rows = [row] * max(1, round(size / each))
    pool = AsyncConnectionPool(database, kwargs={"autocommit": True}, min_size=0, max_size=10, open=False)
    made = FastAPI()

    @made.get("/", response_class=HTMLResponse)
    async def page() -> str:
        if database:
            await pool.open()
            async with pool.connection() as connection:
                await (await connection.execute(ONE, {"key": "member1"}, prepare=True)).fetchone()
        return template.render(title="Bare", rows=rows)

    @made.get("/known")
    async def known(request: Request) -> Response:
        """A page that the asker has already."""
        same = request.headers.get("if-none-match") == TAG
        return Response(None if same else template.render(title="Bare", rows=rows), 304 if same else 200, {"etag": TAG})

    return made


if __name__ == "__main__":
    uvicorn.run(app(int(sys.argv[2]), *sys.argv[3:]), port=int(sys.argv[1]), log_level="warning", access_log=False)
