"""What a letter still needs before it can be opened, in words, each with the page where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from letters import body, instants
from letters.models import Letter

DONE, MISSING, DOUBTFUL = "yes", "no", "warn"


@dataclass(frozen=True)
class Check:
    """One line of the list: `state` is "yes", "no" (cannot open) or "warn" (can, but look)."""

    state: str
    label: str
    words: str
    url: str

    @property
    def is_missing(self) -> bool:
        return self.state == MISSING


def checks(letter: Letter) -> list[Check]:
    """Everything that is looked at, in the order one would mend it."""
    write, timetable = (reverse(f"letters:{page}", args=[letter.slug]) for page in ("write", "timetable"))
    return [
        Check(*_title(letter), write),
        Check(*_body(letter), write),
        Check(*_recipients(letter), write),
        Check(*_closing(letter), timetable),
    ]


def missing(letter: Letter) -> list[str]:
    """What forbids opening, one sentence each; empty when nothing does."""
    return [f"{check.label}: {check.words}" for check in checks(letter) if check.is_missing]


def _title(letter: Letter) -> tuple[str, str, str]:
    text = letter.text
    if text and text.title.strip():
        return DONE, _("Title"), text.title
    return MISSING, _("Title"), _("Give the letter a title.")


def _body(letter: Letter) -> tuple[str, str, str]:
    words = body.word_count(letter.text.body) if letter.text else 0
    if words:
        return DONE, _("Text"), _("%(n)s words") % {"n": words}
    return MISSING, _("Text"), _("Write or paste the text.")


def _recipients(letter: Letter) -> tuple[str, str, str]:
    names = [str(one) for one in letter.recipients.all() if one.line == "to"]
    if names:
        return DONE, _("Recipients"), "; ".join(names)
    return DOUBTFUL, _("Recipients"), _("Nobody is named. A statement has no recipients; a letter should have one.")


def _closing(letter: Letter) -> tuple[str, str, str]:
    label, closes_at = _("Closing time"), letter.closes_at
    if closes_at is None:
        return MISSING, label, _("Say until when organizations can sign.")
    if closes_at <= timezone.now():
        return MISSING, label, _("It lies in the past. Set a later one.")
    if letter.opens_at and letter.opens_at >= closes_at:
        return MISSING, label, _("It comes before sign-on opens. Set a later one.")
    return DONE, label, instants.in_words(closes_at, letter.zone)
