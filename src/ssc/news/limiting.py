"""How often somebody may hand in, and bring pictures; counted for each person."""

from ssc.core.limits import Limit

DAY = 24 * 3600
ITEMS = Limit("news-items", 30, DAY)
PICTURES = Limit("news-pictures", 60, 3600)
