"""The mails to signatories: one function each, its words in templates/emails/<name>.txt and .html.

Every function has two: the writer, which reads what it needs from the rows, and beside it one that is given the facts
and says them, so that the page of all mails can say them with made-up facts. A withheld signatory gets the opaque form.
"""

from signatories.emails.amending import agree_again, agree_reminder, corrected, left_out, objection
from signatories.emails.closing import closes_soon, closing_moved
from signatories.emails.confirming import (
    already_signed,
    confirm,
    confirm_subject,
    mine_link,
    no_sign_on,
    reminder,
    second_contact,
)
from signatories.emails.kinds import CAUSED_BY_FORMS, OPTIONAL
from signatories.emails.leaving import data_will_be_deleted, withdrawn
from signatories.emails.news import delivered, news_message, published, reply_received, taken_back, writer_of
from signatories.emails.reviewing import board_pack, review_reminder
from signatories.emails.telling import allowance, tell, tell_second, tell_stranger, tell_team
from signatories.emails.vetting import listed, not_accepted, printed_as, question, received

__all__ = [
    "CAUSED_BY_FORMS",
    "OPTIONAL",
    "agree_again",
    "agree_reminder",
    "allowance",
    "already_signed",
    "board_pack",
    "closes_soon",
    "closing_moved",
    "confirm",
    "confirm_subject",
    "corrected",
    "data_will_be_deleted",
    "delivered",
    "left_out",
    "listed",
    "mine_link",
    "news_message",
    "no_sign_on",
    "not_accepted",
    "objection",
    "printed_as",
    "published",
    "question",
    "received",
    "reminder",
    "reply_received",
    "review_reminder",
    "second_contact",
    "taken_back",
    "tell",
    "tell_second",
    "tell_stranger",
    "tell_team",
    "withdrawn",
    "writer_of",
]
