"""The demo's conversations as rows: threads, who is in them and how far they have read, and every line."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ssc.core import clock, ids, markdown
from ssc.demo.conversations import TALKS, Said, Talk
from ssc.demo.rows import Roster, Rows
from ssc.messaging import words


class Threads:
    """Rows of all talks, as if they had been held in the days before `today`."""

    def __init__(self, roster: Roster, today: date) -> None:
        self.today = today
        self._members = {
            person.handle: member_id
            for member_id, person in zip(roster.members, roster.club.people, strict=True)
            if person.handle
        }
        self._threads = [ids.new() for _ in TALKS]
        self._exchange = roster.exchange_of("member1")

    def thread_rows(self) -> Rows:
        for made, talk in self._talks():
            yield {
                "id": made,
                "kind": talk.kind,
                "title": talk.title,
                "owner_id": self._members[talk.people[0]] if talk.kind != "cohort" else None,
                "subject": f"exchange:{self._exchange}" if talk.kind == "cohort" else None,
                "last_seq": len(talk.lines),
                "rev": len(talk.lines),
                "member_count": len(talk.people),
                "last_message_at": self._instant(talk.lines[-1]),
                "created_at": self._instant(talk.lines[0]),
            }

    def pair_rows(self) -> Rows:
        for made, talk in self._talks():
            if talk.kind == "direct":
                low, high = sorted(self._members[handle] for handle in talk.people)
                yield {"thread_id": made, "low_id": low, "high_id": high}

    def place_rows(self) -> Rows:
        for made, talk in self._talks():
            behind = dict(talk.behind)
            for handle in talk.people:
                yield {
                    "thread_id": made,
                    "member_id": self._members[handle],
                    "joined_at": self._instant(talk.lines[0]),
                    "read_seq": len(talk.lines) - behind.get(handle, 0),
                }

    def message_rows(self) -> Rows:
        for made, talk in self._talks():
            for seq, said in enumerate(talk.lines, 1):
                rendered = markdown.render(said.body)
                yield {
                    "thread_id": made,
                    "seq": seq,
                    "rev": seq,
                    "id": ids.new(),
                    "author_id": self._members[said.by],
                    "client_id": f"demo-{seq}",
                    "body": said.body,
                    "html": rendered.html(talk.people),
                    "reply_to": said.answers,
                    "created_at": self._instant(said),
                    "tokens": _vector(words.lexemes(made, said.body)),
                }

    def mention_rows(self) -> Rows:
        for made, talk in self._talks():
            for seq, said in enumerate(talk.lines, 1):
                for name in markdown.render(said.body).names:
                    if name in talk.people:
                        yield {"thread_id": made, "seq": seq, "member_id": self._members[name]}

    def reaction_rows(self) -> Rows:
        for made, talk in self._talks():
            for seq, said in enumerate(talk.lines, 1):
                for emoji, handles in said.reactions:
                    for place, handle in enumerate(handles, 1):
                        at = self._instant(said) + timedelta(minutes=place)
                        own = {"member_id": self._members[handle], "created_at": at}
                        yield {"thread_id": made, "seq": seq, "emoji": emoji, **own}

    def pin_rows(self) -> Rows:
        for made, talk in self._talks():
            for seq, said in enumerate(talk.lines, 1):
                if said.pinned:
                    yield {"thread_id": made, "seq": seq, "pinned_by": self._members[said.by]}

    def _talks(self) -> Iterator[tuple[UUID, Talk]]:
        return zip(self._threads, TALKS, strict=True)

    def _instant(self, said: Said) -> datetime:
        return datetime.combine(self.today - timedelta(days=said.ago), time.fromisoformat(said.at), clock.JAPAN)


def _vector(lexemes: str) -> Any:
    """As PostgreSQL reads a tsvector: in quotes, for the lexeme of a thread has a colon."""
    return " ".join(f"'{lexeme}'" for lexeme in lexemes.split())
