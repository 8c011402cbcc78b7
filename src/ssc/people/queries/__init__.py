"""Named selects over people; what needs a reader takes the viewer first."""

from ssc.people.queries.blocks import blocked_by, blocked_of, has_blocked
from ssc.people.queries.handles import by_handle, handles_of, id_of
from ssc.people.queries.participations import exchanges_of, mates_of, participations_of
from ssc.people.queries.reaching import Reached, as_seen_from, in_short, reached, reached_by_handle, sees_photo
from ssc.people.queries.standing import holders, roles_of, suspended, suspension_of

__all__ = [
    "Reached",
    "as_seen_from",
    "blocked_by",
    "blocked_of",
    "by_handle",
    "exchanges_of",
    "handles_of",
    "has_blocked",
    "holders",
    "id_of",
    "in_short",
    "mates_of",
    "participations_of",
    "reached",
    "reached_by_handle",
    "roles_of",
    "sees_photo",
    "suspended",
    "suspension_of",
]
