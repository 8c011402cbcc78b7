"""What a member wants to be told, by which channel and when: pure predicates."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ssc.core.limits import Limit
from ssc.notifications.kinds import Channel, Kind, registered

# A subject that goes on unread is mailed again only after a pause that grows: a noisy thread is no reason to leave.
PAUSES = (timedelta(hours=4), timedelta(hours=20))
MAILS_A_DAY = 5  # that one member may cause another (case 63)
READ_KEPT_FOR = timedelta(days=90)
UNREAD_KEPT_FOR = timedelta(days=365)
TRIES = Limit("push-tries", 20, 3600)  # each calls addresses that she gave, on every device of hers
RHYTHMS = {"weekly": timedelta(days=7), "monthly": timedelta(days=30)}


def wants(choices: Mapping[str, Any], kind: Kind, channel: Channel) -> bool:
    """Whether somebody with these choices is told things of this kind by this channel."""
    if kind.always:
        return bool(kind.defaults[channel])
    return bool(choices.get(kind.name, {}).get(channel, kind.defaults[channel]))


def all_wants(choices: Mapping[str, Any]) -> dict[str, dict[Channel, bool]]:
    """The whole table: kind → channel → wanted."""
    return {kind.name: {channel: wants(choices, kind, channel) for channel in kind.defaults} for kind in registered()}


def deviations(choices: Mapping[str, Mapping[str, bool]]) -> dict[str, dict[Channel, bool]]:
    """Of a table only what differs from the defaults: that is kept, so that a default may become better."""
    kept = {}
    for kind in registered():
        chosen = choices.get(kind.name, {})
        differing = {
            channel: chosen[channel] for channel, usual in kind.defaults.items() if chosen.get(channel, usual) != usual
        }
        if differing and not kind.always:
            kept[kind.name] = differing
    return kept


def quiet_until(hours: Mapping[str, str] | None, zone: str, now: datetime) -> datetime | None:
    """The end of the quiet hours that run now on the clock of `zone`; None outside of them."""
    if not hours or hours["from"] == hours["to"]:
        return None
    local = now.astimezone(ZoneInfo(zone))
    start, end = time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"])
    over_midnight = start > end
    within = (local.time() >= start or local.time() < end) if over_midnight else start <= local.time() < end
    if not within:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and local.time() >= start else 0)
    # Wall time of the zone, so that a night in which the clock is put forward ends when people get up.
    return datetime.combine(day, end, ZoneInfo(zone)).astimezone(now.tzinfo)
