"""What two members share, as far as the reader sees it: pure, for lists and cohorts."""

from dataclasses import dataclass

from ssc.directory import words
from ssc.people.shapes import Member


@dataclass(frozen=True)
class Ties:
    """What the reader shares with somebody, the nearest first; empty for oneself."""

    exchanges: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exchanges or self.fields or self.hosts)


def ties(own: Member | None, other: Member) -> Ties:
    """What `own`, the reader's whole profile, has in common with what she sees of another."""
    if own is None or own.handle == other.handle:
        return Ties()
    codes = {exchange.code for exchange in own.exchanges or []}
    hosts = {exchange.host for exchange in own.exchanges or [] if exchange.host}
    fields = {words.key(field) for field in own.fields or []}
    together = [exchange for exchange in other.exchanges or [] if exchange.code in codes]
    apart = [exchange for exchange in other.exchanges or [] if exchange.code not in codes]
    return Ties(
        tuple(exchange.title or exchange.code for exchange in together),
        tuple(field for field in other.fields or [] if words.key(field) in fields),
        tuple(dict.fromkeys(e.host for e in apart if e.host in hosts and e.host is not None)),
    )
