"""The kinds of mailed tokens that accounts know."""

from datetime import timedelta

from ssc.accounts.rules import UNDO_WITHIN
from ssc.accounts.tokens import Kind

SIGN_IN_LINK = Kind("sign-in-link", timedelta(minutes=15))
PASSWORD_RESET = Kind("password-reset", timedelta(hours=1))
CONFIRM_ADDRESS = Kind("confirm-address", timedelta(days=7))
UNDO_CHANGE = Kind("undo-change", UNDO_WITHIN)
