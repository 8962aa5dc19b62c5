from signatories.models import Contact
from signatories.services.amendments import (
    Answer,
    agree,
    asks_of,
    lapse_unagreed,
    object_to,
    remind,
    standing_of,
    tell_of_amendments,
    withdraw,
)
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
    "Answer",
    "Contact",
    "NotAccepting",
    "Outcome",
    "agree",
    "approve",
    "asks_of",
    "confirm",
    "decline",
    "identity_hash",
    "lapse_unagreed",
    "lapse_unconfirmed",
    "mark_duplicate",
    "object_to",
    "reconsider",
    "refuse",
    "remind",
    "sign_on",
    "standing",
    "standing_of",
    "tell_of_amendments",
    "withdraw",
]
