"""Tables of events: the event itself, who answered, what goes out, the door, and what is left."""

from ssc.events.models.after import Quote, Report, Survey, SurveyAnswer, SurveyTaken
from ssc.events.models.answers import Answer, Move, SensitiveAnswer
from ssc.events.models.certificates import Certificate, CertificateWording
from ssc.events.models.door import HelperLink
from ssc.events.models.event import Event, Organiser
from ssc.events.models.telling import Announcement, CalendarFeed, InvitationRound, Invited, Reminded

__all__ = [
    "Announcement",
    "Answer",
    "CalendarFeed",
    "Certificate",
    "CertificateWording",
    "Event",
    "HelperLink",
    "InvitationRound",
    "Invited",
    "Move",
    "Organiser",
    "Quote",
    "Reminded",
    "Report",
    "SensitiveAnswer",
    "Survey",
    "SurveyAnswer",
    "SurveyTaken",
]
