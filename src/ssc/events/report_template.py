"""The report of an event as it begins: filled in with what the club knows already."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ssc.core import i18n
from ssc.core.i18n import _, ngettext
from ssc.events import clocks
from ssc.events.models import Event
from ssc.events.queries.after import Result


def title_of(event: Event) -> str:
    return _("Report: {title}", title=event.title)[:160]


def summary_of(event: Event, came: Mapping[str, int]) -> str:
    when, where = clocks.day(event.starts_at, event.time_zone), event.venue or event.title
    if not came["persons"]:
        return f"{when}: {where}."[:500]
    return ngettext(
        "{n} person came on {when}: {where}.",
        "{n} people met on {when}: {where}.",
        came["persons"],
        when=when,
        where=where,
    )[:500]


def body_of(event: Event, came: Mapping[str, int], answered: int, results: Sequence[Result] | None) -> str:
    """Markdown: when and where, who came, the programme, what the survey says."""
    parts = [_when_and_where(event), _who_came(came), _programme(event), _survey(answered, results)]
    return "\n\n".join(part for part in [*parts, _prompt()] if part)


def without_prompt(body: str) -> str:
    """What asks the organiser to write is never printed, whichever language it was asked in."""
    for language in i18n.languages():
        with i18n.speaking(language.code):
            body = body.replace(_prompt(), "")
    return body.rstrip()


def _prompt() -> str:
    return _("(What was it like? Write a paragraph here.)")


def quoted(text: str, signed: str) -> str:
    """A quote as the report prints it: Markdown, by itself between blank lines."""
    lines = [*text.strip().splitlines(), "", f"— {signed}"]
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines)


def _when_and_where(event: Event) -> str:
    day = clocks.day(event.starts_at, event.time_zone)
    hours = clocks.span(event.starts_at, event.ends_at, event.time_zone)
    hosts = ", ".join(host["name"] for host in event.hosts)
    lines = [f"**{day}, {hours}**", ", ".join(part for part in (event.venue, event.address) if part)]
    return "\n".join([*filter(None, lines), *([_("Hosts: {hosts}", hosts=hosts)] if hosts else [])])


def _who_came(came: Mapping[str, int]) -> str:
    if not came["persons"]:
        return ""
    persons = ngettext("{n} person came", "{n} people came", came["persons"])
    countries = ngettext("from {n} country or region", "from {n} countries and regions", came["countries"])
    if not came["guests"]:
        return _("{persons}, {countries}.", persons=persons, countries=countries)
    guests = ngettext("{n} of them a guest", "{n} of them guests", came["guests"])
    return _("{persons}, {guests}, {countries}.", persons=persons, guests=guests, countries=countries)


def _programme(event: Event) -> str:
    if not event.agenda:
        return ""
    lines = [
        f"- {clocks.minute(datetime.fromisoformat(item['at']), event.time_zone)} {item['title']}"
        + (f" ({item['speaker']})" if item["speaker"] else "")
        for item in event.agenda
    ]
    return "\n".join([_("**The programme**"), "", *lines])


def _survey(answered: int, results: Sequence[Result] | None) -> str:
    """A table for each question that was answered by choosing."""
    if not results:
        return ""
    parts = [ngettext("**{n} person answered the survey**", "**{n} people answered the survey**", answered)]
    for result in results:
        told = [(choice, n) for choice, n in result.counts if n]
        if told:
            rows = [f"| {_cell(choice)} | {n} | {round(100 * n / answered)}% |" for choice, n in told]
            head = f"| {_cell(result.label)} | {_('Answers')} | % |"
            parts.append("\n".join([head, "| --- | ---: | ---: |", *rows]))
    return "\n\n".join(parts)


def _cell(words: str) -> str:
    return words.replace("|", "/")
