"""Web Push: a payload only the subscribed browser can read (RFC 8291), from a sender that signs itself (RFC 8292)."""

import base64
import json
import os
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
LONGEST = 3000
VALID_S = 12 * 3600
CURVE = ec.SECP256R1()


@dataclass(frozen=True)
class Keys:
    """Of a browser's subscription, as it gave them: base64url of a point on P-256, and of 16 octets."""

    p256dh: str
    auth: str

    def check(self) -> None:
        """ValueError where they cannot be keys."""
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unspelled(self.p256dh))
        if len(unspelled(self.auth)) != 16:
            raise ValueError("auth has 16 octets")


def encrypted(payload: bytes, keys: Keys, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b"") -> bytes:
    """The body of the request, content coding aes128gcm (RFC 8188). `own` and `salt` are random but in tests."""
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs, mine = unspelled(keys.p256dh), _point(own)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    secret = _derived(shared, unspelled(keys.auth), b"WebPush: info\x00" + theirs + mine, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD.to_bytes(4, "big") + len(mine).to_bytes(1, "big") + mine
    return head + AESGCM(key).encrypt(nonce, payload[:LONGEST] + b"\x02", None)


def signed(endpoint: str, contact: str, key: str) -> dict[str, str]:
    """The header that says who sends, good for this push service and half a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + VALID_S, "sub": contact}
    body = ".".join(spelled(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(_private(key).sign(body.encode(), ec.ECDSA(SHA256())))
    token = f"{body}.{spelled(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return {"authorization": f"vapid t={token}, k={public_key(key)}"}


def public_key(key: str) -> str:
    """What a browser needs to subscribe (`applicationServerKey`). `key`: base64url of the private number."""
    return spelled(_point(_private(key)))


def spelled(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def unspelled(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unspelled(key), "big"), CURVE)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
