"""What is done to recoveries, in the order in which it happens."""

from ssc.roster.recovering.actions.asking import ask, assign, close, look_for_record
from ssc.roster.recovering.actions.linked import ask_by_link
from ssc.roster.recovering.actions.objecting import object_by_letter, object_by_session
from ssc.roster.recovering.actions.returning import come_back
from ssc.roster.recovering.actions.vouching import approve_by_staff, vouch

__all__ = [
    "approve_by_staff",
    "ask",
    "ask_by_link",
    "assign",
    "close",
    "come_back",
    "look_for_record",
    "object_by_letter",
    "object_by_session",
    "vouch",
]
