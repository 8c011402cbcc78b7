"""A member as a list draws her: just what the line shows, frozen, so that it is drawn once for all who see the same."""

from dataclasses import dataclass

from ssc.directory.rules import Ties
from ssc.people.shapes import Member


@dataclass(frozen=True)
class Line:
    """What stands in one line of the directory; what the reader may not see is not in it."""

    handle: str
    name: str
    name_native: str | None
    photo: dict[str, str] | None
    roles: tuple[str, ...]
    country: str | None
    lives_in: str | None
    what: str
    ties: Ties

    @classmethod
    def of(cls, member: Member, ties: Ties) -> "Line":
        return cls(
            member.handle,
            member.name,
            member.name_native,
            member.photo,
            tuple(member.roles),
            member.country,
            member.lives_in,
            member.headline or member.affiliation or "",
            ties,
        )
