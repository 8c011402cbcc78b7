"""From a roster file as people keep it to rows that can be trusted, or to what is wrong with them."""

from ssc.roster.reading.faults import BadCell, NotATable
from ssc.roster.reading.mapping import BadMapping, Mapping
from ssc.roster.reading.rows import Reading, Row, Values, read
from ssc.roster.reading.survey import SheetSurvey, Suggestion, survey
from ssc.roster.reading.tables import Table, opened

__all__ = [
    "BadCell",
    "BadMapping",
    "Mapping",
    "NotATable",
    "Reading",
    "Row",
    "SheetSurvey",
    "Suggestion",
    "Table",
    "Values",
    "opened",
    "read",
    "survey",
]
