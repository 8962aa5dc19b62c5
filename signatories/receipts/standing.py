"""How a sign-on stood when an edition was frozen, by what the journal says of it.

The letter's lock makes the journal's order the order of what happened: whoever changes a sign-on holds it, and so does
whoever freezes. Clocks are asked only about what the journal has never heard of.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from campaigns.models import JournalEntry
from letters.models import Edition
from signatories.models import Line, Signatory
from signatories.models.lines import LINE
from signatories.receipts.places import Facts, facts, frozen_at
from signatories.receipts.turns import BROUGHT, MOVED, Turn, turns

Status = Signatory.Status
AGREED, SHOWN, CORRECTED = "agreed again", "shown as", "corrected"

Noted = TypeVar("Noted", Turn, JournalEntry)


class Standing:
    """Of one sign-on, at as many editions as are asked for."""

    def __init__(self, signatory: Signatory) -> None:
        self.signatory = signatory
        verbs = [MOVED, BROUGHT, AGREED, SHOWN, CORRECTED]
        self.entries = list(JournalEntry.objects.about(signatory).filter(verb__in=verbs).order_by("pk"))
        self.turns = turns(signatory, self.entries)

    @property
    def was_ever_listed(self) -> bool:
        known = {status for turn in self.turns for status in (turn.was, turn.now)}
        return Status.LISTED in known | {self.signatory.status}

    def stood_in(self, edition: Edition) -> bool:
        """Whether the edition counts it: it was listed, and what it had agreed to is what that says."""
        return self.was_listed(edition) and self.had_agreed(edition)

    def was_listed(self, edition: Edition) -> bool:
        """Whether a vetter had approved it, and nothing had undone that."""
        if self.signatory.trial_id or not self.was_ever_listed:
            return False
        before, after = _around(self.turns, edition)
        if before:
            return before[-1].now == Status.LISTED
        is_old = self.signatory.signed_at <= edition.as_of
        if after:
            return is_old and after[0].was == Status.LISTED
        decided_at = self.signatory.decided_at
        is_decided = decided_at is not None and decided_at <= edition.as_of
        return is_old and is_decided and self.signatory.status == Status.LISTED

    def had_agreed(self, edition: Edition) -> bool:
        """Whether what it had agreed to is what the edition says, but for corrections."""
        found = facts(edition)
        before, after = _around(self._noted(AGREED), edition)
        if before:
            return self._substances.get(before[-1].data["revision"]) == found.substance
        if after:  # what it agreed to first, the newer answer has replaced
            return self._had_agreed_at_first(edition, found)
        agreed = self.signatory.agreed_revision
        return agreed is not None and agreed.substance == found.substance

    def visibility_at(self, edition: Edition) -> str:
        """As it was when the edition was frozen: the signatory alone changes it, and the journal says from what."""
        _before, after = _around(self._noted(SHOWN), edition)
        return str(after[0].data["was"]) if after else self.signatory.visibility

    def line_at(self, edition: Edition) -> Line | None:
        """The line as the edition found it; None if it was changed since and is not kept."""
        _before, after = _around(self._noted(CORRECTED), edition)
        if not after:
            return self.signatory.line
        kept = [number for number in map(int, self.signatory.earlier) if number >= edition.number]
        if not kept or not self._was_kept_as(edition, min(kept), changed=after[0]):
            return None
        held = self.signatory.earlier[str(min(kept))]
        return Line(**{part: held[part] for part in LINE})

    def _was_kept_as(self, edition: Edition, kept: int, *, changed: JournalEntry) -> bool:
        """Whether what is kept under edition `kept` is what `edition` found: it was `changed` after both."""
        if kept == edition.number:
            return True
        frozen = frozen_at(self.signatory.letter, kept)
        return frozen is not None and frozen < changed.pk

    def _had_agreed_at_first(self, edition: Edition, found: Facts) -> bool:
        """Whether nothing of substance was amended between its first answer and the freezing."""
        said = (Status.CONFIRMED, Status.DUPLICATE)
        first = next((turn for turn in self.turns if turn.now in said or turn.was == ""), None)
        if first is None or found.frozen is None:
            revisions = self.signatory.letter.revisions.signed()
            at_first = revisions.filter(created_at__lte=self.signatory.confirmed_at or self.signatory.signed_at)
            return at_first.order_by("-number").values_list("substance", flat=True).first() == found.substance
        amended = JournalEntry.objects.about(self.signatory.letter).filter(verb="amended", data__weight="substance")
        return not amended.filter(pk__gt=first.entry, pk__lt=found.frozen).exists()

    def _noted(self, verb: str) -> list[JournalEntry]:
        return [entry for entry in self.entries if entry.verb == verb]

    @cached_property
    def _substances(self) -> dict[int, int]:
        return dict(self.signatory.letter.revisions.values_list("number", "substance"))


def _around(noted: Sequence[Noted], edition: Edition) -> tuple[list[Noted], list[Noted]]:
    """What was noted before the freezing, and what after."""
    frozen = facts(edition).frozen
    sides: tuple[list[Noted], list[Noted]] = ([], [])
    for one in noted:
        entry = one.entry if isinstance(one, Turn) else one.pk
        sides[entry > frozen if frozen else one.at > edition.as_of].append(one)
    return sides
