"""The pages of signing in and of one's own account."""

from ssc.accounts.pages import addresses, language, links, security, sign_in

routers = (sign_in.router, links.router, security.router, addresses.router, language.router)
