"""What the form can tell about how it was filled in: by a hand, or by a program that never saw it.

Three marks travel with the answers, without script and without cookie: a field that nobody sees, the moment at which
the form was first shown, and, only in a rush, a sum to be done while people type.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from campaigns import crypto

TRAP = "remarks"  # a name that programs like to fill, and no browser's list of addresses and names
BEGAN = "began"
CHALLENGE = "challenge"
PROOF = "proof"
FIELDS = (TRAP, BEGAN, CHALLENGE, PROOF)

LEAST = 3.0  # seconds from first view to sending: two pages and a dozen answers take anybody longer
MOST = 7 * 24 * 3600.0  # seconds
BITS = 14  # zero bits to find, some 16,000 tries: about a second for an old phone
CHALLENGE_LASTS = 6 * 3600  # seconds: as long as a form may lie open on a desk
LONGEST_PROOF = 16  # digits
MAC = 32  # hex digits of a signature: 128 bits


@dataclass(frozen=True)
class Marks:
    """The marks as they came back."""

    trap: str = ""
    began: str = ""
    challenge: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Sending:
    """How a form came: when, from which place (campaigns.sources), with which marks, and whether in a rush."""

    sent_at: datetime
    source: str
    marks: Marks
    in_rush: bool = False


def marks(posted: Mapping[str, str]) -> Marks:
    """Read them from a form that was sent."""
    return Marks(*(str(posted.get(name, ""))[:200] for name in FIELDS))


def stamp(now: float | None = None) -> str:
    """The moment of the first view (seconds since 1970), signed: it goes out with the form and comes back with it."""
    moment = f"{int((time.time() if now is None else now) * 10):x}"
    return f"{moment}.{_mac('began', moment)}"


def is_stamp(began: str) -> bool:
    """Whether it is one of ours."""
    moment, _, mac = began.partition(".")
    return bool(moment) and hmac.compare_digest(mac.encode(), _mac("began", moment).encode())


def is_hasty(began: str, now: float | None = None) -> bool:
    """Whether the form was sent sooner than anyone can fill it in. No stamp, none of ours or an old one is haste too:
    else one view of the form would do for any number of programs, for ever."""
    if not is_stamp(began):
        return True
    taken = (time.time() if now is None else now) - int(began.partition(".")[0], 16) / 10
    return not LEAST <= taken < MOST


def challenge(subject: str, now: float | None = None, bits: int = BITS) -> str:
    """A sum for one sign-on to `subject`: expiry, difficulty and a random part, signed."""
    expires = int((time.time() if now is None else now) + CHALLENGE_LASTS)
    said = f"{expires:x}.{bits}.{secrets.token_hex(8)}"
    return f"{said}.{_mac('challenge', subject, said)}"


def is_challenge(given: str, subject: str, now: float | None = None) -> bool:
    """Whether it is one of ours for `subject`, and not too old."""
    said, _, mac = given.rpartition(".")
    if not said or not hmac.compare_digest(mac.encode(), _mac("challenge", subject, said).encode()):
        return False
    return int(said.partition(".")[0], 16) >= (time.time() if now is None else now)


def is_proved(given: Marks, subject: str, now: float | None = None) -> bool:
    """Whether the sum is done: SHA-256 of "challenge:number" begins with as many zero bits as it asks for."""
    proof = given.proof
    if not (proof.isascii() and proof.isdecimal() and len(proof) <= LONGEST_PROOF):
        return False
    return is_challenge(given.challenge, subject, now) and _zero_bits(f"{given.challenge}:{proof}") >= bits_of(
        given.challenge
    )


def bits_of(given: str) -> int:
    return int(given.split(".")[1])


def solve(given: str) -> str:
    """The sum done by trying, as static/js/proof.js does it."""
    number, bits = 0, bits_of(given)
    while _zero_bits(f"{given}:{number}") < bits:
        number += 1
    return str(number)


def _zero_bits(words: str) -> int:
    digest = hashlib.sha256(words.encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()


def _mac(purpose: str, *parts: str) -> str:
    return crypto.keyed_hash(f"guard:{purpose}", *parts)[:MAC]
