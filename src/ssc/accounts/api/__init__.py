"""The calls about signing in and one's own account."""

from ssc.accounts.api import account, signing_in

routers = (signing_in.router, account.router)
