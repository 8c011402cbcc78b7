"""An event as a page's form has it: clocks without zone, rows of hosts and questions, an agenda in lines."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from starlette.datastructures import FormData

from ssc.core.i18n import _
from ssc.events.forms.event import EventBody
from ssc.events.models import Event
from ssc.places import zones
from ssc.web.forms import Form, check

ROWS = 4
_TEXTS = (
    *("title", "theme", "summary", "description", "country", "venue", "address", "latitude", "longitude"),
    *("online_url", "time_zone", "capacity", "guests_per_person", "places", "audience"),
)
_CLOCKS = ("starts_at", "ends_at", "rsvp_closes_at")
_QUESTION = ("label", "kind", "choices", "need", "eyes", "key")
_LINE = re.compile(r"(?:(\d{4}-\d\d-\d\d)\s+)?(\d{1,2})[:.：](\d\d)\s*[|｜]?\s*(.*)")


def read(submitted: FormData) -> Form[EventBody]:
    """The form as it was sent, held against what an event may be."""
    shown: dict[str, Any] = {name: _one(submitted, name) for name in (*_TEXTS, *_CLOCKS, "agenda", "organisers")}
    shown["online"] = _one(submitted, "online")
    shown["host_rows"] = _rows(submitted, "host_name", "host_kind")
    shown["question_rows"] = _rows(
        submitted,
        "question_label",
        "question_kind",
        "question_choices",
        "question_need",
        "question_eyes",
        "question_key",
    )
    body, errors = _body(shown)
    form = check(EventBody, body)
    form.errors = {**form.errors, **errors} if errors else form.errors
    form.values = shown
    if errors:
        form.data = None
    return form


def written(event: Event, organisers: Sequence[str]) -> dict[str, Any]:
    """An event as the form shows it."""
    zone = event.time_zone
    shown: dict[str, Any] = {name: getattr(event, name) for name in _TEXTS}
    for name in _CLOCKS:
        at = getattr(event, name)
        shown[name] = zones.wall(at, zone).strftime("%Y-%m-%dT%H:%M") if at else ""
    shown["online"] = "true" if event.online else ""
    shown["agenda"] = "\n".join(_line(item, event) for item in event.agenda)
    shown["organisers"] = ", ".join(organisers)
    shown["host_rows"] = [(host["name"], host["kind"]) for host in event.hosts]
    shown["question_rows"] = [
        (
            question["label"],
            question["kind"],
            ", ".join(question["choices"]),
            "required" if question["required"] else "",
            "sensitive" if question["sensitive"] else "",
            question["key"],
        )
        for question in event.questions
    ]
    return shown


def _body(shown: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the API would have been given, and what could not be made of the form."""
    errors: dict[str, str] = {}
    zone = shown["time_zone"]
    body: dict[str, Any] = {name: shown[name] for name in _TEXTS if shown[name] != "" or name in ("title", "country")}
    if zones.exists(zone):
        for name in _CLOCKS:
            _clock(shown[name], zone, name, body, errors)
        body["agenda"] = _agenda(shown["agenda"], body.get("starts_at"), zone, errors)
    body["online"] = shown["online"] == "true"
    body["hosts"] = [{"name": name, "kind": kind or "other"} for name, kind in shown["host_rows"] if name]
    body["questions"] = [_question(row) for row in shown["question_rows"] if row[0]]
    body["organisers"] = [one for one in re.split(r"[\s,、，]+", shown["organisers"]) if one]
    for name in ("theme", "summary", "description", "venue", "address"):
        body.setdefault(name, "")
    for name in ("capacity", "latitude", "longitude", "online_url", "rsvp_closes_at"):
        body.setdefault(name, None)
    return {name: value for name, value in body.items() if name not in errors}, errors


def _question(row: tuple[str, ...]) -> dict[str, Any]:
    label, kind, choices, need, eyes, key = row
    return {
        "label": label,
        "kind": kind or "text",
        "choices": [one.strip() for one in re.split(r"[,、，]", choices) if one.strip()] if kind == "choice" else [],
        "required": need == "required",
        "sensitive": eyes == "sensitive",
        **({"key": key} if key else {}),
    }


def _clock(typed: str, zone: str, name: str, body: dict[str, Any], errors: dict[str, str]) -> None:
    if not typed:
        return
    try:
        wall = datetime.strptime(typed[:16], "%Y-%m-%dT%H:%M")
    except ValueError:
        errors[name] = _("Write the day and the time, like 2026-12-05 18:00.")
        return
    try:
        body[name] = zones.instant(wall, zone)
    except (ValueError, OverflowError) as refused:
        errors[name] = str(refused)


def _agenda(typed: str, starts_at: datetime | None, zone: str, errors: dict[str, str]) -> list[dict[str, Any]]:
    """Lines like `18:30 | Opening | Speaker`, on the first day unless one begins with its date."""
    found: list[dict[str, Any]] = []
    if starts_at is None:
        return found
    day = zones.wall(starts_at, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        match = _LINE.fullmatch(line)
        try:
            if match is None:
                raise ValueError
            on = datetime.fromisoformat(match[1]) if match[1] else day
            at = zones.instant(on + timedelta(hours=int(match[2]), minutes=int(match[3])), zone)
        except (ValueError, OverflowError):
            errors["agenda"] = _(
                "Begin each line with a time, like “18:30 | Opening | Speaker”: {line}", line=line[:60]
            )
            return found
        title, _bar, speaker = (part.strip() for part in re.sub("｜", "|", match[4]).partition("|"))
        found.append({"at": at, "title": title or "–", "speaker": speaker})
    return found


def _line(item: Mapping[str, Any], event: Event) -> str:
    local = zones.wall(datetime.fromisoformat(item["at"]), event.time_zone)
    first = zones.wall(event.starts_at, event.time_zone).date()
    at = f"{local:%H:%M}" if local.date() == first else f"{local:%Y-%m-%d %H:%M}"
    return " | ".join(part for part in (at, item["title"], item["speaker"]) if part)


def _one(submitted: FormData, name: str) -> str:
    value = submitted.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _rows(submitted: FormData, *names: str) -> list[tuple[str, ...]]:
    """Fields that stand in rows, the empty ones left out."""
    columns = [[value if isinstance(value, str) else "" for value in submitted.getlist(name)] for name in names]
    longest = max(map(len, columns), default=0)
    filled = [column + [""] * (longest - len(column)) for column in columns]
    return [tuple(part.strip() for part in row) for row in zip(*filled, strict=True) if row[0].strip()]
