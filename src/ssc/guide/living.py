"""The club's numbers of this moment."""

from dataclasses import dataclass

Counted = tuple[str, int]


@dataclass(frozen=True)
class Live:
    """Numbers of this moment. `returned`: members from abroad who live in Japan and let members see it.

    `by_country`: members, most first; `by_year`: members by the fiscal years of their exchanges, in order.
    """

    members: int
    exchanges: int
    hosts: int
    reunions: int
    returned: int
    by_country: list[Counted]
    by_year: list[Counted]

    @property
    def countries(self) -> int:
        return len(self.by_country)
