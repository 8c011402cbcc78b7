"""What the API says of what was found."""

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, Field

from ssc.search.hits import Group, Hit
from ssc.search.marking import excerpt, marked


class Result(BaseModel):
    """One thing. `title_html` and `html` are safe HTML with the words in `<mark>`."""

    kind: str
    title: str
    title_html: str
    url: str
    html: str
    detail: str
    lang: str = Field(description="BCP 47; empty: that of the answer.")


class Results(BaseModel):
    items: list[Result]
    next: None = None

    @classmethod
    def of(cls, groups: Iterable[Group], words: list[str]) -> Self:
        return cls(items=[_result(group.source.kind, hit, words) for group in groups for hit in group.hits])


def _result(kind: str, hit: Hit, words: list[str]) -> Result:
    return Result(
        kind=kind,
        title=hit.title,
        title_html=marked(hit.title, words),
        url=hit.url,
        html=excerpt(hit.text, words),
        detail=hit.detail,
        lang=hit.lang,
    )
