"""Contact data at rest: encrypted with CONTACT_KEYS, found again through keyed hashes made with INDEX_KEY.

Neither key is SECRET_KEY, so losing the one that signs cookies opens no address book. Rotation: put a new key first in
CONTACT_KEYS, run `manage.py rotate_contact_keys`, then drop the old one.
"""

import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecipherable(Exception):
    """None of CONTACT_KEYS opens this value: a key is missing from the environment."""


def encrypt(plain: str) -> str:
    """Fernet (AES-128-CBC with HMAC-SHA256) under the first key, as ASCII."""
    return _ring().encrypt(plain.encode()).decode()


def decrypt(sealed: str) -> str:
    """The text again, whichever of the keys sealed it; raises Undecipherable."""
    try:
        return _ring().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Undecipherable("none of CONTACT_KEYS opens this value") from None


def new_key() -> str:
    """A key for one thing's files: kept encrypted beside it. Once it is gone, so are they, backups of theirs too."""
    return Fernet.generate_key().decode()


def encrypt_file(key: str, content: bytes) -> bytes:
    return Fernet(key).encrypt(content)


def decrypt_file(key: str, sealed: bytes) -> bytes:
    """The bytes again; raises Undecipherable if it was not this key, or if they were altered."""
    try:
        return Fernet(key).decrypt(sealed)
    except InvalidToken:
        raise Undecipherable("the key does not open this file") from None


def keyed_hash(purpose: str, *parts: str) -> str:
    """HMAC-SHA256 in hex: equal for equal parts, unguessable without INDEX_KEY, different for every purpose."""
    return _hmac(purpose, *parts).hex()


def secret_token(purpose: str, nonce: str) -> bytes:
    """The 256 bits that stand for `nonce` in a link; the database holds the nonce, only INDEX_KEY gives the token."""
    return _hmac(f"token:{purpose}", nonce)


def _hmac(purpose: str, *parts: str) -> bytes:
    return hmac.digest(settings.INDEX_KEY.encode(), "\x1f".join((purpose, *parts)).encode(), "sha256")


_rings: dict[tuple[str, ...], MultiFernet] = {}


def _ring() -> MultiFernet:
    keys = tuple(settings.CONTACT_KEYS)
    if keys not in _rings:
        _rings[keys] = MultiFernet([Fernet(key) for key in keys])
    return _rings[keys]
