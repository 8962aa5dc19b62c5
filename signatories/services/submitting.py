"""Sending a public form: it is written down, and what it sets off is done behind the answer (docs/decisions/0032).

The answer is the same, and takes the same time, whoever has signed already: nothing has been looked up yet.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone, translation

from campaigns import health, insertion, nudge
from letters.models import Letter
from signatories.guarding import Marks, Sending
from signatories.models import Contact, Line, Signatory, Submission
from signatories.services import holding
from signatories.services.linking import send_link
from signatories.services.signing import NotAccepting, sign_on

TASK = "signatories.tasks.take_in"
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)

logger = logging.getLogger(__name__)


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
            "line": asdict(line),
            "contact": asdict(contact),
            "marks": asdict(marks),
            "language": language,
            "shown_in": translation.get_language(),
            "source": source,
            "in_rush": holding.is_rush(letter.pk),
            **facts,
        }
        _write_down(letter, "sign on", answers)
    nudge.now(TASK)


def ask_for_link(letter: Letter, *, email: str, language: str, source: str) -> None:
    """Write down that somebody with this address wants a new link, as linking.send_link takes it."""
    _write_down(letter, "link", {"email": email, "language": language, "source": source})
    nudge.now(TASK)


def take_in(limit: int = 500) -> int:
    """Do what was asked by what was sent, in the order in which it came; how many.

    Each is one transaction, and its row is held: of several workers one takes it, and the others wait for it, so that
    nobody's second form overtakes the first. One that fails holds up nobody, and is tried again.
    """
    due = list(Submission.objects.due().values_list("pk", flat=True)[:limit])
    taken = sum(_take(pk) for pk in due)
    if len(due) == limit:
        nudge.now(TASK)  # mails get their turn between
    return taken


def _write_down(letter: Letter, asks: str, answers: dict[str, Any]) -> None:
    now = timezone.now()
    insertion.insert(Submission(letter=letter, answers={"asks": asks, **answers}, sent_at=now, run_after=now))


def waiting(now: datetime) -> health.Finding:
    """How long the oldest form has waited."""
    oldest = Submission.objects.aggregate(oldest=Min("sent_at"))["oldest"]
    if oldest is None:
        return health.Finding("forms sent", True, "nothing waits")
    return health.Finding("forms sent", now - oldest < health.LATE, f"oldest has waited {health.seconds(now - oldest)}")


def _take(pk: int) -> bool:
    try:
        with transaction.atomic():
            sent = Submission.objects.select_for_update().filter(pk=pk).first()
            if sent is None:
                return False
            answers: dict[str, Any] = dict(sent.answers)
            DOES[answers.pop("asks")](sent, answers)
            Submission.objects.filter(pk=pk).delete()
    except Exception:  # a fault of ours: what was sent stays, and is seen in health
        logger.exception("submission %s cannot be taken in", pk)
        _postpone(pk)
        return False
    return True


def _sign_on(sent: Submission, said: dict[str, Any]) -> None:
    with translation.override(said.pop("shown_in")):
        parts: dict[str, Any] = {"line": Line(**said.pop("line")), "contact": Contact(**said.pop("contact"))}
        sign_on(sent.letter, **parts, sending=_sending(sent, said), **said)


def _sending(sent: Submission, said: dict[str, Any]) -> Sending:
    return Sending(sent.sent_at, said.pop("source"), Marks(**said.pop("marks")), said.pop("in_rush"))


def _send_link(sent: Submission, said: dict[str, Any]) -> None:
    send_link(sent.letter, **said)


DOES = {"sign on": _sign_on, "link": _send_link}


def _postpone(pk: int) -> None:
    rows = Submission.objects.filter(pk=pk)
    for failures in rows.values_list("failures", flat=True):
        wait = min(FIRST_WAIT * 2 ** min(failures, 12), LONGEST_WAIT)
        rows.update(failures=F("failures") + 1, run_after=timezone.now() + wait)
