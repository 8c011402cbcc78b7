"""The pages of claiming: the invitation, the wordings, and the first steps inside."""

from ssc.roster.claiming.pages import claim, welcome, wordings

routers = (claim.router, welcome.router, wordings.router)
