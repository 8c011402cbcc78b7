"""Who looks: everything about a signed-in member that decides what she may see and do."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ssc.core import clock
from ssc.people import shapes
from ssc.people.models import Member


@dataclass(frozen=True)
class Viewer:
    """A signed-in member for the length of a request."""

    member: Member
    exchanges: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    blocked: frozenset[UUID] = frozenset()
    """Whom she blocked and who blocked her: mutual silence."""
    limited: bool = False
    """A recovered account within its 72 hours: no directory, no first messages."""
    scopes: frozenset[str] | None = None
    """What an access token may do; None: a session in a browser, which may all."""
    session_id: UUID | None = None
    token_id: UUID | None = None
    signed_in_at: datetime | None = None
    notices_unread: int = 0
    """What the bell says."""
    messages_unread: int = 0
    """What the menu says beside the messages."""
    today: date = field(default_factory=clock.today_in_japan)

    @property
    def id(self) -> UUID:
        return self.member.id

    @property
    def in_short(self) -> shapes.Member:
        """Herself as the menu shows her."""
        return shapes.Member.model_construct(
            handle=self.member.handle or "",
            name=self.member.name,
            name_native=self.member.name_native,
            photo=shapes.photo_addresses(self.member.photo),
        )

    @property
    def is_minor(self) -> bool:
        return self.member.adult_from > self.today

    @property
    def is_staff(self) -> bool:
        return "staff" in self.roles

    @property
    def is_moderator(self) -> bool:
        return "moderator" in self.roles

    @property
    def is_editor(self) -> bool:
        return "editor" in self.roles

    @property
    def coordinates(self) -> frozenset[str]:
        """The countries she is coordinator of today."""
        return frozenset(r.removeprefix("coordinator:") for r in self.roles if r.startswith("coordinator:"))
