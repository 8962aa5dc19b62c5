"""The secret in a link: 256 bits, for one purpose, expiring. The database holds a nonce and the token's SHA-256.

A token is made from its nonce and INDEX_KEY, so a mail can be rendered again with the same link while a stolen
database opens nothing.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from campaigns import crypto


@dataclass(frozen=True)
class Fresh:
    nonce: str  # 43 URL-safe characters, stored
    digest: str  # 64 hex digits, stored, looked up


def fresh(purpose: str) -> Fresh:
    """A new nonce and the digest of the token it stands for."""
    nonce = secrets.token_urlsafe(32)
    return Fresh(nonce, digest(token(purpose, nonce)))


def token(purpose: str, nonce: str) -> str:
    """What goes into the link: 43 URL-safe characters."""
    return urlsafe_b64encode(crypto.secret_token(purpose, nonce)).decode().rstrip("=")


def digest(token: str) -> str:
    """SHA-256 in hex: what a token from a link is looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()
