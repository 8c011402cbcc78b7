"""What the secretariat answers."""

from ssc.contact.models import ContactMessage
from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.web import letters


def answer(settings: Settings, row: ContactMessage) -> Letter:
    return letters.write(
        settings,
        "contact.answer",
        to=row.email,
        language=row.language,
        person=row.name,
        topic=row.topic,
        message=row.message,
        answer=row.answer,
    )
