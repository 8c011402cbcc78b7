"""Filters speak the reader's language, also where the template names a constant."""

from datetime import UTC, date, datetime

from ssc.core import clock, i18n
from ssc.web import templates

ONE = '{{ 1234567|number }} {{ "2026-11-05"|kept }}'
WHEN = datetime(2026, 11, 5, 10, 5, 33, tzinfo=UTC)


def test_a_constant_is_worded_anew_for_each_reader() -> None:
    templates.add_filters(kept=lambda text: f"{text} {i18n.language()}")
    template = templates.environment().from_string(ONE)
    with i18n.speaking("en"):
        assert template.render() == "1,234,567 2026-11-05 en"
    with i18n.speaking("ja"):
        assert template.render() == "1,234,567 2026-11-05 ja"


def test_a_day_is_written_as_the_reader_writes_it() -> None:
    template = templates.environment().from_string("{{ day|day }}")
    with i18n.speaking("en"):
        assert template.render(day=date(2026, 11, 5)) == "5 November 2026"
    with i18n.speaking("ja"):
        assert template.render(day=date(2026, 11, 5)) == "2026年11月5日"


def test_an_instant_is_on_the_readers_clock_or_names_the_one_it_is_on() -> None:
    template = templates.environment().from_string("{{ at|instant }}, {{ at|instant('Asia/Kolkata', named=named) }}")
    stamp = '<time datetime="2026-11-05T10:05:33Z">'
    with i18n.speaking("ja"), clock.reading_in("Africa/Nairobi"):
        shown = template.render(at=WHEN, named=False)
    assert shown == f"{stamp}2026/11/05 13:05</time>, {stamp}2026/11/05 15:35</time>"
    shown = template.render(at=WHEN, named=True)  # as clocks of events and conversations show it, in English too
    japan, kolkata = '<span class="zone">in Japan</span>', '<span class="zone">(Kolkata)</span>'
    assert shown == f"{stamp}5 Nov 2026, 19:05</time> {japan}, {stamp}5 Nov 2026, 15:35</time> {kolkata}"


def test_what_is_drawn_once_for_all_is_on_nobodys_clock() -> None:
    module = templates.environment().from_string("{% macro when(at) %}{{ at|instant }}{% endmacro %}").module
    drawn = vars(module)["when"]
    with clock.reading_in("Africa/Nairobi"):
        first = templates.fragment(drawn, WHEN)
    with clock.reading_in("Asia/Kolkata"):
        assert templates.fragment(drawn, WHEN) == first
    assert "19:05" in first and "in Japan" in first
