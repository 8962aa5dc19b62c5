"""What has just been done, at the head of My sign-on: no cookie here could carry a message.

The address carries a word instead, and anybody can write an address. So a word only chooses which part of how things
stand is put in a sentence; where they do not stand so, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from signatories.models import Signatory, Token
from signatories.services.correcting import STANDING


def in_words(word: str, token: Token) -> str:
    """The sentence for a word of an address, or ""."""
    return TOLD[word](token.signatory, token) if word in TOLD else ""


def _answered(signatory: Signatory, token: Token) -> str:
    newest = signatory.questions.order_by("asked_at").last()
    return _("Your answer has reached the vetters.") if newest and newest.answered_at else ""


def _corrected(signatory: Signatory, token: Token) -> str:
    if signatory.status not in STANDING:
        return ""
    if signatory.corrections.open().exists():
        return _("A vetter looks at another line first. Until then it stays as it is.")
    return _("The line below is the one that counts now.")


def _shown(signatory: Signatory, token: Token) -> str:
    if signatory.is_individual or signatory.status not in STANDING:
        return ""
    return _("This is your choice now: “%(choice)s”.") % {"choice": signatory.get_visibility_display()}


def _ended(signatory: Signatory, token: Token) -> str:
    if token.older.exists() or not token.ended.exists():
        return ""
    return _("Older links to this page open nothing any more: only the one you came by does, and newer ones.")


def _agreed(signatory: Signatory, token: Token) -> str:
    agreed = signatory.agreed_revision
    if agreed is None or not signatory.agrees:
        return ""
    return _("You have agreed to revision %(number)d of the letter.") % {"number": agreed.number}


def _subscribed(signatory: Signatory, token: Token) -> str:
    if signatory.unsubscribed_at:
        return _("You get no reminders and no news.")
    if signatory.status not in STANDING:
        return ""
    return _("Reminders and news about this letter come to you.")


TOLD: dict[str, Callable[[Signatory, Token], str]] = {
    "answered": _answered,
    "corrected": _corrected,
    "shown": _shown,
    "ended": _ended,
    "agreed": _agreed,
    "subscribed": _subscribed,
}
