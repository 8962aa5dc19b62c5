"""The mails of what is signed: one function each, its words in templates/emails/<name>.txt and .html."""

from letters.emails.consulting import (
    A_DAY,
    COLLECTED_A_DAY,
    SOON,
    collect,
    comment_answers,
    consultation_invitation,
    consultation_reminder,
    partner_commented,
    spoken,
    tell,
)
from letters.emails.delivering import (
    DocumentSpoiled,
    content_of,
    cover_note,
    delivery,
    delivery_follow_up,
    delivery_message,
    file_name,
    fingerprint,
    named,
    subject_of,
)

__all__ = [
    "A_DAY",
    "COLLECTED_A_DAY",
    "SOON",
    "DocumentSpoiled",
    "collect",
    "comment_answers",
    "consultation_invitation",
    "consultation_reminder",
    "content_of",
    "cover_note",
    "delivery",
    "delivery_follow_up",
    "delivery_message",
    "file_name",
    "fingerprint",
    "named",
    "partner_commented",
    "spoken",
    "subject_of",
    "tell",
]
