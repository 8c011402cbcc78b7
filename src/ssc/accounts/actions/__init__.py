"""What is done to accounts; each file a verb with all that follows from it."""

from ssc.accounts.actions.opening import open_account
from ssc.accounts.actions.sessions import begin_session, end_sessions

__all__ = ["begin_session", "end_sessions", "open_account"]
