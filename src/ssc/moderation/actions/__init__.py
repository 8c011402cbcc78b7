"""The verbs: reporting, deciding, shutting out, appealing; each with all that follows from it."""

from ssc.moderation.actions.appealing import answer, appeal
from ssc.moderation.actions.deciding import decide
from ssc.moderation.actions.reporting import report
from ssc.moderation.actions.suspending import lift_suspension, suspend, take_back

__all__ = ["answer", "appeal", "decide", "lift_suspension", "report", "suspend", "take_back"]
