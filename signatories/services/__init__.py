from signatories.models import Contact
from signatories.services.signing import (
    NotAccepting,
    Outcome,
    confirm,
    identity_hash,
    lapse_unconfirmed,
    refuse,
    sign_on,
    standing,
)
from signatories.services.vetting import approve, decline, mark_duplicate, reconsider

__all__ = [
    "Contact",
    "NotAccepting",
    "Outcome",
    "approve",
    "confirm",
    "decline",
    "identity_hash",
    "lapse_unconfirmed",
    "mark_duplicate",
    "reconsider",
    "refuse",
    "sign_on",
    "standing",
]
