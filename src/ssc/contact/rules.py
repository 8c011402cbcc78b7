"""How often one may write, and how long it is kept."""

from datetime import timedelta

from ssc.core.limits import Limit

BY_NETWORK = Limit("contact-network", 3, 3600)
KEPT_FOR = timedelta(days=180)
"""After it is closed."""
