"""How invitations are paced, when they stop, how long they hold, and in which language they speak."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from ssc.accounts.tokens import Kind
from ssc.core.limits import Limit

# Remembered for a year: who comes late hears that the link has expired, and is offered a fresh one.
CLAIM = Kind("invitation", lasts=timedelta(days=30), remembered=timedelta(days=365))
WAVE = 500
BETWEEN_WAVES = timedelta(minutes=10)

# A roster is old: some addresses are dead. Above one in twenty the sender's name suffers everywhere,
# so somebody should look; fewer than ten say nothing about the rest.
BOUNCES_THAT_COUNT = 10
BOUNCED_SHARE = 0.05

BY_ADDRESS = Limit("invitation-address", 5, 3600)
BY_NETWORK = Limit("invitation-network", 20, 3600)


@dataclass(frozen=True)
class Tally:
    """How a round stands: letters sent, bounced and answered by a claim, and records still to be invited."""

    sent: int
    bounced: int
    claimed: int
    waiting: int


def too_many_bounces(sent: int, bounced: int) -> bool:
    """Whether a round should wait until staff have looked."""
    return bounced >= BOUNCES_THAT_COUNT and bounced > sent * BOUNCED_SHARE


def language_for(country: str) -> str:
    """The language to write in to somebody of whom only the country is known."""
    return "ja" if country == "JP" else "en"


def stop_token(invitation_id: UUID, key: bytes) -> str:
    """What ends a letter's unsubscribing address: names the invitation, signed so that nobody stops another's."""
    return base64.urlsafe_b64encode(invitation_id.bytes + _sum(invitation_id.bytes, key)).decode().rstrip("=")


def invitation_of(token: str, key: bytes) -> UUID | None:
    """The invitation that a `stop_token` of ours names."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 32 or not hmac.compare_digest(raw[16:], _sum(raw[:16], key)):
        return None
    return UUID(bytes=raw[:16])


def _sum(identity: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"stop-invitations" + identity, hashlib.sha256)[:16]
