"""The bare page to compare with: FastAPI and Jinja, no database, no session, as many bytes as asked for."""

import sys
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment

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


def app(size: int) -> FastAPI:
    """Answers `/` with a page of about `size` bytes."""
    template = Environment(autoescape=True).from_string(PAGE)
    row = Row("suda-c", "Suda Chaiyaporn", "Ceramics, and how they break at high temperatures", "Thailand", 2019)
    each = len(template.render(title="", rows=[row])) - len(template.render(title="", rows=[]))
    rows = [row] * max(1, round(size / each))
    made = FastAPI()

    @made.get("/", response_class=HTMLResponse)
    async def page() -> str:
        return template.render(title="Bare", rows=rows)

    return made


if __name__ == "__main__":
    uvicorn.run(app(int(sys.argv[2])), port=int(sys.argv[1]), log_level="warning", access_log=False)
