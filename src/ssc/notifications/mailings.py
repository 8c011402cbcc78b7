"""A mailing: what is said to many in their languages, of a kind they can stop; e.g. an issue of the mail magazine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ssc.notifications.kinds import Kind


@dataclass(frozen=True)
class Mailing:
    """`id` names it for ever (the feature's own row): whoever has a letter of it gets no second.

    `editions`: language → what its templates `letters/<template>/{subject.txt,body.txt,body.html}` need. They extend
    `layouts/mailing.html` and end in `layouts/_mailing_foot.txt`; `member.name` in them becomes each reader's name.
    Readers of none of these languages get the first.
    """

    id: UUID
    kind: Kind
    template: str
    editions: Mapping[str, Mapping[str, Any]]

    @property
    def about(self) -> str:
        """What withdraws its letters: that somebody wants none of this kind any more."""
        return about(self.kind.name)


def about(kind: str) -> str:
    return f"kind:{kind}"
