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
)
from signatories.services.asking import answer, ask
from signatories.services.cohorts import Rule, preview, proposed
from signatories.services.confirming import (
    Outcome,
    confirm,
    is_open,
    just_answered,
    lapse_unconfirmed,
    let_board_decide,
    refuse,
)
from signatories.services.correcting import correct, decide, show_as
from signatories.services.declining import MAILS_WAIT, decline_together
from signatories.services.exporting import export
from signatories.services.initiating import set_initiator
from signatories.services.invalidating import AlreadyUndone, CohortGrown, NothingLeft, Undone, invalidate, told, undo
from signatories.services.leaving import erase, may_keep_line, withdraw
from signatories.services.linking import end_older, send_link, subscribe, unsubscribe
from signatories.services.lookalikes import listed_like
from signatories.services.news import announce, announce_published, not_told, progress, recipients, tell_news
from signatories.services.releasing import forget_sources, let_through, release
from signatories.services.reminding import remind_boards, remind_unconfirmed, tell_of_closing, warn_of_closing
from signatories.services.retention import keep_retention
from signatories.services.seconding import ask_second, first_only, has_approved, opinions_on, recall, settle
from signatories.services.signing import NotAccepting, identity_hash, sign_on
from signatories.services.submitting import ask_for_link, submit, take_in
from signatories.services.vetting import approve, days_waited, decline, mark_duplicate, reconsider
from signatories.services.vouching import vouch

__all__ = [
    "MAILS_WAIT",
    "AlreadyUndone",
    "Answer",
    "CohortGrown",
    "Contact",
    "NotAccepting",
    "NothingLeft",
    "Outcome",
    "Rule",
    "Undone",
    "agree",
    "announce",
    "announce_published",
    "answer",
    "approve",
    "ask",
    "ask_for_link",
    "ask_second",
    "asks_of",
    "confirm",
    "correct",
    "days_waited",
    "decide",
    "decline",
    "decline_together",
    "end_older",
    "erase",
    "export",
    "first_only",
    "forget_sources",
    "has_approved",
    "identity_hash",
    "invalidate",
    "is_open",
    "just_answered",
    "keep_retention",
    "lapse_unagreed",
    "lapse_unconfirmed",
    "let_board_decide",
    "let_through",
    "listed_like",
    "mark_duplicate",
    "may_keep_line",
    "not_told",
    "object_to",
    "opinions_on",
    "preview",
    "progress",
    "proposed",
    "recall",
    "recipients",
    "reconsider",
    "refuse",
    "release",
    "remind",
    "remind_boards",
    "remind_unconfirmed",
    "send_link",
    "set_initiator",
    "settle",
    "show_as",
    "sign_on",
    "standing_of",
    "submit",
    "subscribe",
    "take_in",
    "tell_news",
    "tell_of_amendments",
    "tell_of_closing",
    "told",
    "undo",
    "unsubscribe",
    "vouch",
    "warn_of_closing",
    "withdraw",
]
