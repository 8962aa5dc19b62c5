"""Sending a public form: it is written down, and what it sets off is done behind the answer (docs/decisions/0032).

The answer is the same, and takes the same time, whoever has signed already: nothing has been looked up yet.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone, translation

from campaigns import health, insertion, nudge, outbox, turns
from campaigns.turns import Turn
from letters.models import Letter
from signatories.guarding import Marks, Sending
from signatories.models import Contact, Line, Signatory, Submission
from signatories.services import holding
from signatories.services.linking import send_link
from signatories.services.signing import NotAccepting, sign_on

TASK = "signatories.tasks.take_in"
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LINKS_WAITING = 1000  # on the whole site: who asks for another then is not heard, as when too many have asked

Asks = Submission.Asks

logger = logging.getLogger(__name__)


class Came(Enum):
    """What became of one that was due."""

    IN = 1
    TO_NOTHING = 2  # somebody else took it, or it failed
    TOO_SOON = 3  # somebody else is at the forms of its letter


def submit(
    slug: str, *, kind: str, line: Line, contact: Contact, marks: Marks, language: str, source: str, **facts: str
) -> None:
    """Write down what a form said; `facts`, and what they are, as signing.sign_on takes them.

    Once this returns, the sign-on counts as sent at this moment, whatever becomes of the letter. Raises NotAccepting,
    and Letter.DoesNotExist.
    """
    with transaction.atomic():
        letter = Letter.objects.locked_shared(slug=slug)
        if not letter.accepts_signatures or (kind == Signatory.Kind.INDIVIDUAL and not letter.takes_individuals):
            raise NotAccepting
        answers = {
            "kind": kind,
            "line": vars(line),
            "contact": vars(contact),
            "marks": vars(marks),
            "language": language,
            "shown_in": translation.get_language(),
            "source": source,
            "in_rush": holding.is_rush(letter.pk),
            **facts,
        }
        _write_down(letter, Asks.SIGN_ON, contact.email, answers)
    nudge.now(TASK)


def ask_for_link(letter: Letter, *, email: str, language: str, source: str) -> None:
    """Write down that somebody with this address wants a new link, as linking.send_link takes it."""
    if Submission.objects.links()[:LINKS_WAITING].count() < LINKS_WAITING:
        _write_down(letter, Asks.LINK, email, {"email": email, "language": language, "source": source})
    nudge.now(TASK)


def take_in(limit: int = 500) -> int:
    """Do what was asked by what was sent, sign-ons before links, in the order in which they came; how many.

    Each is one transaction. Of several workers one is at a letter's forms, and the others go on with other letters', so
    that nobody's second form overtakes the first. One that fails holds up nobody, and is tried again.
    """
    taken = 0
    while taken < limit and (more := _take_some(limit - taken)):
        taken += more  # and look again: whoever came meanwhile has found somebody here
    if taken >= limit:
        nudge.now(TASK)  # mails get their turn between
    return taken


def forget_unanswered() -> int:
    """Let go of what could not be taken in, once contacts would be deleted; how many."""
    long_ago = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    return Submission.objects.filter(sent_at__lte=long_ago).delete()[0]


def waiting(now: datetime) -> health.Finding:
    """How long the oldest form has waited that nothing is wrong with."""
    oldest = Submission.objects.untried().aggregate(oldest=Min("sent_at"))["oldest"]
    if oldest is None:
        return health.Finding("forms sent", True, "nothing waits")
    return health.Finding("forms sent", now - oldest < health.LATE, f"oldest has waited {health.seconds(now - oldest)}")


def failing(now: datetime) -> health.Finding:
    number = Submission.objects.filter(failures__gt=0).count()
    return health.Finding("failing forms", not number, f"{number}; the log says why" if number else "none")


def _write_down(letter: Letter, asks: str, email: str, answers: dict[str, Any]) -> None:
    now, of = timezone.now(), outbox.address_hash(email)
    sent = Submission(letter=letter, asks=asks, contact_hash=of, answers=answers, sent_at=now, run_after=now)
    insertion.insert(sent)


def _take_some(most: int) -> int:
    taken, busy = 0, set()
    due = Submission.objects.due()
    rows = [*due.sign_ons().values_list("pk", "letter")[:most], *due.links().values_list("pk", "letter")[:most]]
    for pk, letter in rows[:most]:
        if letter in busy:
            continue
        came = _take(pk, letter)
        taken += came is Came.IN
        if came is Came.TOO_SOON:
            busy.add(letter)
    return taken


def _take(pk: int, letter: int) -> Came:
    try:
        with transaction.atomic():
            if not turns.take(Turn.FORMS, letter):
                return Came.TOO_SOON
            sent = Submission.objects.filter(pk=pk).first()
            if sent is None:
                return Came.TO_NOTHING
            DOES[Asks(sent.asks)](sent, dict(sent.answers))
            _forget(sent)
    except Exception:  # a fault of ours: what was sent stays, and is seen in health
        logger.exception("submission %s cannot be taken in", pk)
        _postpone(pk)
        return Came.TO_NOTHING
    return Came.IN


def _forget(sent: Submission) -> None:
    """And what the same mailbox asked for before, which failed and would now replace what is newer."""
    same = Submission.objects.filter(letter=sent.letter_id, asks=sent.asks, contact_hash=sent.contact_hash)
    same.filter(pk__lte=sent.pk).delete()


def _sign_on(sent: Submission, said: dict[str, Any]) -> None:
    with translation.override(said.pop("shown_in")):
        parts: dict[str, Any] = {"line": Line(**said.pop("line")), "contact": Contact(**said.pop("contact"))}
        sign_on(sent.letter, **parts, sending=_sending(sent, said), **said)


def _sending(sent: Submission, said: dict[str, Any]) -> Sending:
    return Sending(sent.sent_at, said.pop("source"), Marks(**said.pop("marks")), said.pop("in_rush"))


def _send_link(sent: Submission, said: dict[str, Any]) -> None:
    send_link(sent.letter, **said)


DOES = {Asks.SIGN_ON: _sign_on, Asks.LINK: _send_link}


def _postpone(pk: int) -> None:
    rows = Submission.objects.filter(pk=pk)
    for failures in rows.values_list("failures", flat=True):
        wait = min(FIRST_WAIT * 2 ** min(failures, 12), LONGEST_WAIT)
        rows.update(failures=F("failures") + 1, run_after=timezone.now() + wait)
