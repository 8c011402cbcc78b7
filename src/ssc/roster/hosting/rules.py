"""How often hosts may invite somebody to act for them."""

from ssc.core.limits import Limit

BY_HOST = Limit("host-seats", 5, 86400)
