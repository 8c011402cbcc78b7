"""What a maker says of whom she means, and what the mate answers."""

from datetime import date
from uuid import UUID

from pydantic import Field

from ssc.accounts.addresses import Email
from ssc.web.api import Body


class MateBody(Body):
    """Whom the link is for."""

    member: UUID = Field(description="The `id` of one of the exchange's `missing`.")


class AnswerForm(Body):
    """What the mate answers: who she is by her birth date, and where her invitation goes."""

    birth_date: date
    email: Email
