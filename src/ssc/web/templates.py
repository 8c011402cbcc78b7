"""Templates: one Jinja environment, strict about names, speaking the reader's language."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache, wraps
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton, get_datetime_format, get_timezone
from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Macro
from markupsafe import Markup

from ssc.core import clock, i18n, text
from ssc.core.config import resource
from ssc.core.i18n import _
from ssc.web import static

Filter = Callable[..., Any]


@cache
def environment() -> Environment:
    """The environment; `add_filters` extends it with what packages above know."""
    made = Environment(
        loader=FileSystemLoader(resource("frontend") / "templates"),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # put there by the i18n extension
        i18n.gettext_raw, i18n.ngettext_raw, newstyle=True
    )
    made.globals.update(
        static=static.address,
        importmap=importmap,
        fragment=fragment,
        language=i18n.language,
        languages=i18n.languages,
        now=clock.now,
    )
    made.filters.update(day=_spoken(_day), month=_spoken(_month), instant=_spoken(_instant), number=_spoken(_number))
    made.filters.update(file_size=_spoken(_file_size))
    made.filters.update(initials=text.initials, tint=_tint, rfc3339=clock.rfc3339)
    made.filters.update(in_japan=_in_japan, until=_spoken(_until), unbroken=_unbroken, facts=_facts)
    return made


def add_filters(**filters: Filter) -> None:
    """For `app`: filters whose knowledge lies in packages above, e.g. a country's name."""
    environment().filters.update({name: _spoken(known) for name, known in filters.items()})


def fragment(macro: Macro, *arguments: Any) -> Markup:
    """What the macro makes of these arguments, made once for each language: a macro is a pure function of them.

    The arguments are frozen and all that the macro is given; so nothing that one reader may see can stand
    on another's page, and there is nothing to forget when something changes.
    """
    return _drawn(i18n.language(), macro, arguments)


@lru_cache(maxsize=20_000)
def _drawn(_language: str, macro: Macro, arguments: tuple[Any, ...]) -> Markup:
    with clock.reading_in(None):
        return Markup(macro(*arguments))  # noqa: S704 - a macro escapes what it is given


@cache
def importmap() -> Markup:
    """The one inline script: bare names for our modules. Its hash is in the content policy."""
    return Markup('<script type="importmap">{}</script>').format(Markup(_importmap_text()))  # noqa: S704


@cache
def importmap_hash() -> str:
    return "sha256-" + b64encode(hashlib.sha256(_importmap_text().encode()).digest()).decode()


def _importmap_text() -> str:
    names = [n for n in static.names() if n.startswith(("js/lib/", "js/elements/"))]
    imports = {name.removeprefix("js/").removesuffix(".js"): static.address(name) for name in sorted(names)}
    return json.dumps({"imports": imports}, separators=(",", ":"))


def _spoken(known: Filter) -> Filter:
    """A filter whose words depend on the reader: with the context as argument Jinja never folds it into a constant."""

    @pass_context
    @wraps(known)
    def spoken(_context: Any, *args: Any, **kwargs: Any) -> Any:
        return known(*args, **kwargs)

    return spoken


def _day(value: date, style: str = "long") -> str:
    return format_date(value, format=style, locale=i18n.locale())


def _until(first: date, last: date) -> str:
    """`5–11 Jun 2024`, saying once what both days share."""
    return format_interval(first, last, "yMMMd", locale=i18n.locale())


def _unbroken(words: str) -> Markup:
    """Kept on one line where it fits, in Japanese too: a number is not parted from what it counts."""
    return Markup('<span class="unbroken">{}</span>').format(words)


def _facts(found: Iterable[str | Markup | None]) -> Markup:
    """Those that are there, in a row; a line ends with the dot between two and never begins with it."""
    return Markup("\N{NO-BREAK SPACE}· ").join(one for one in found if one)


def _month(value: date) -> str:
    return format_skeleton("yMMMM", value, locale=i18n.locale())


def _in_japan(value: datetime) -> date:
    """The day on the secretariat's calendar, as papers are dated."""
    return value.astimezone(clock.JAPAN).date()


def _instant(value: datetime, zone: str | None = None, *, named: bool = False) -> Markup:
    """Day and minute as the clocks of `zone` show them, without it the reader's own.

    The place is added where it is asked for, and where nobody's clock is known: Japan's is shown then.
    """
    shown_in = zone or clock.zone() or clock.JAPAN.key
    locale, local = i18n.locale(), value.astimezone(get_timezone(shown_in))
    day = format_date(local, "medium", locale=locale)
    shown = str(get_datetime_format("medium", locale=locale)).format(f"{local:%H:%M}", day)
    time = Markup('<time datetime="{}">{}</time>').format(clock.rfc3339(value), shown)
    if not named and (zone or clock.zone()):
        return time
    return Markup('{} <span class="zone">{}</span>').format(time, _place_of(shown_in))


def _place_of(zone: str) -> str:
    if zone == clock.JAPAN.key:
        return _("in Japan")
    return f"({clock.city(zone)})"


def _number(value: int | float) -> str:
    return _written(value, i18n.language())


@lru_cache(maxsize=10_000)
def _written(value: int | float, _language: str) -> str:
    return format_decimal(value, locale=i18n.locale())


@lru_cache(maxsize=20_000)
def _tint(key: object) -> int:
    """One of six avatar tints, the same for the same person everywhere: FNV-1a, as js/lib/faces.js has it too."""
    found = 0x811C9DC5
    for byte in str(key).encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return found % 6


def _file_size(value: int) -> str:
    """As people say it: 340 kB, 2.1 MB."""
    kilo = value < 1_000_000
    number = max(1, round(value / 1000)) if kilo else round(value / 1_000_000, 1)
    unit = "digital-kilobyte" if kilo else "digital-megabyte"
    return format_unit(number, unit, length="short", locale=i18n.locale())
