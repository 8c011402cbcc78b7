"""Identifiers: UUIDv7 made by the application, and secrets with their hashes."""

import hashlib
import os
import secrets
import time
from uuid import UUID


def new() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 of chance; roughly ordered, never a cursor."""
    millis = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10)) & ((1 << 74) - 1)
    return UUID(int=millis << 80 | 7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1))


def parse(text: str) -> UUID | None:
    """The id that `text` spells in its canonical form, or None: other spellings name nothing."""
    try:
        value = UUID(text)
    except ValueError:
        return None
    return value if str(value) == text.lower() else None


def secret() -> str:
    """A token of 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is stored of a token: SHA-256, enough for secrets of full entropy."""
    return hashlib.sha256(token.encode()).digest()
