"""Templates: one Jinja environment, strict about names, speaking the reader's language."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, wraps
from typing import Any

from babel.dates import format_date, format_time, get_datetime_format, get_timezone
from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from markupsafe import Markup

from ssc.core import clock, i18n, text
from ssc.core.config import resource
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
        language=i18n.language,
        languages=i18n.languages,
        now=clock.now,
    )
    made.filters.update(day=_spoken(_day), instant=_spoken(_instant), number=_spoken(_number))
    made.filters.update(file_size=_spoken(_file_size))
    made.filters.update(initials=text.initials, tint=_tint, rfc3339=clock.rfc3339)
    return made


def add_filters(**filters: Filter) -> None:
    """For `app`: filters whose knowledge lies in packages above, e.g. a country's name."""
    environment().filters.update({name: _spoken(known) for name, known in filters.items()})


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


def _instant(value: datetime, zone: str = "Asia/Tokyo") -> Markup:
    """Day and minute as the clocks of `zone` show them."""
    locale, local = i18n.locale(), value.astimezone(get_timezone(zone))
    day, minute = format_date(local, "medium", locale=locale), format_time(local, "short", locale=locale)
    shown = str(get_datetime_format("medium", locale=locale)).format(minute, day)
    return Markup('<time datetime="{}">{}</time>').format(clock.rfc3339(value), shown)


def _number(value: int | float) -> str:
    return format_decimal(value, locale=i18n.locale())


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
