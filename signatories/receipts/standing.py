"""How a sign-on stood when an edition was frozen, by what the journal says of it."""

from __future__ import annotations

from typing import Any

from campaigns.models import JournalEntry
from signatories.models import Line, Signatory
from signatories.models.lines import LINE
from signatories.receipts.places import Printed

Status = Signatory.Status
MOVED = ("moved", "brought")
AGREED = ("agreed again",)


class Standing:
    """Of one sign-on, at as many editions as are asked for."""

    def __init__(self, signatory: Signatory) -> None:
        self.signatory = signatory
        entries = JournalEntry.objects.about(signatory).filter(verb__in=[*MOVED, *AGREED]).order_by("pk")
        self.entries = list(entries)
        self.cohorts = [row.invalidation for row in signatory.invalidated.select_related("invalidation")]

    def was_listed(self, printed: Printed) -> bool:
        """Whether a vetter had approved it, and nothing had undone that."""
        if self.signatory.trial_id or self.signatory.signed_at > printed.as_of or self._was_set_aside(printed):
            return False
        before, after = self._around(printed, MOVED)
        if before:
            return before[-1].get("now", before[-1].get("status")) == Status.LISTED
        if after:
            return after[0].get("was") == Status.LISTED
        decided_at = self.signatory.decided_at
        return self.signatory.status == Status.LISTED and decided_at is not None and decided_at <= printed.as_of

    def had_agreed(self, printed: Printed) -> bool:
        """Whether what it had agreed to is what the edition says, but for corrections."""
        revisions = self.signatory.letter.revisions.signed()
        before, after = self._around(printed, AGREED)
        if before:
            revisions = revisions.filter(number=before[-1]["revision"])
        elif after and self.signatory.confirmed_at:  # what it agreed to first, the newer answer has replaced
            revisions = revisions.filter(created_at__lte=self.signatory.confirmed_at)
        else:
            revisions = revisions.filter(signatories=self.signatory)
        substance = revisions.order_by("-number").values_list("substance", flat=True).first()
        return substance == printed.substance

    def shown_as(self, number: int) -> tuple[Line, str]:
        """The line and its visibility as edition `number` found them."""
        kept = self.signatory.earlier
        if since := [edition for edition in map(int, kept) if edition >= number]:
            held = kept[str(min(since))]
            return Line(**{part: held[part] for part in LINE}), held["visibility"]
        return self.signatory.line, self.signatory.visibility

    def _around(self, printed: Printed, verbs: tuple[str, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What was noted before the freezing, which held the letter's lock as these did, and what after."""
        sides: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        for entry in self.entries:
            if entry.verb in verbs:
                is_after = entry.pk > printed.frozen if printed.frozen else entry.at > printed.as_of
                sides[is_after].append(entry.data)
        return sides

    def _was_set_aside(self, printed: Printed) -> bool:
        """By a rule together with others, of which the journal says nothing one by one."""
        for cohort in self.cohorts:
            is_undone = cohort.undone_at is not None and cohort.undone_at <= printed.as_of
            if cohort.made_at <= printed.as_of and (not is_undone or self._is_as_left_by(cohort)):
                return True
        return False

    def _is_as_left_by(self, cohort: Any) -> bool:
        """Whether it has not been put back with the others."""
        declined = self.signatory.status == Status.DECLINED and self.signatory.decided_at == cohort.made_at
        return declined or self.signatory.status == Status.INVALID
