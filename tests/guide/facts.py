"""The facts of a programme as an editor sends them."""

from typing import Any

FACTS: dict[str, Any] = {
    "number": 0,
    "conditions": {"institutions": ["IN"], "statuses": ["graduate", "postdoc"], "oldest": 35},
    "fiscal_year": 2026,
    "source": "Guidelines of 2026",
    "source_url": "https://www.jst.go.jp/program/india/en/",
    "checked_on": "2026-11-20",
    "call": {"state": "closed", "as_of": "2026-11-20"},
}
