"""What the API says of news."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from ssc.core import markdown
from ssc.news.models import NewsItem
from ssc.news.queries import Told
from ssc.news.rules import Kind, State
from ssc.web.api import Instant
