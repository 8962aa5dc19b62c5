from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models.letters import Letter
from letters.models.revisions import Revision


class AmendmentDraft(models.Model):
    """The next wording of an open letter while it is being prepared; nobody outside the team sees it.

    It stands beside the letter's own rows, which stay what is in force until the amendment is made.
    """

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="amendment_draft")
    texts = models.JSONField()  # [{language, is_authentic, title, …, sources}]
    recipients = models.JSONField()
    front = models.JSONField()  # {place, date (ISO or ""), date_precision}
    begun_from = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Amendment of letter {self.letter_id} in preparation"


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def untold(self) -> Self:
        """Those whose signatories have not all been written to."""
        return self.filter(told_at__isnull=True)

    def past_agreeing(self, now: datetime) -> Self:
        return self.filter(agree_by__lte=now)


class Amendment(models.Model):
    """A change of an open letter: from one revision to the next, and what it asks of those who have signed."""

    class Class(models.TextChoices):
        TYPOGRAPHIC = "typographic", _("Typographic")
        CORRECTION = "correction", _("Correction")
        SUBSTANCE = "substance", _("Substance")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="amendments")
    previous = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="amendment")
    weight = models.CharField(_("class"), max_length=12, choices=Class.choices)
    proposed = models.CharField(max_length=12, choices=Class.choices)  # what the difference by itself comes to
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    object_by = models.DateTimeField(null=True, blank=True)  # of a correction
    agree_by = models.DateTimeField(null=True, blank=True)  # of substance: who has not agreed then is left out
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey("campaigns.User", on_delete=models.DO_NOTHING, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)  # when the last signatory had been written to

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "revision__number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight="typographic", object_by__isnull=True, agree_by__isnull=True)
                | models.Q(weight="correction", object_by__isnull=False, agree_by__isnull=True)
                | models.Q(weight="substance", object_by__isnull=True, agree_by__isnull=False),
                name="amendment_class_has_its_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(weight=models.F("proposed"))
                | models.Q(weight="substance")
                | models.Q(weight="correction", proposed="typographic")
                | ~models.Q(reason=""),
                name="amendment_made_lighter_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.pk} of letter {self.letter_id}"

    @property
    def is_substance(self) -> bool:
        return self.weight == self.Class.SUBSTANCE

    @property
    def is_quiet(self) -> bool:
        """Whether what is signed has the same digest after it as before."""
        return self.revision.digest == self.previous.digest

    @property
    def takes_objections(self) -> bool:
        return self.object_by is not None and timezone.now() < self.object_by

    @property
    def takes_agreement(self) -> bool:
        return self.agree_by is not None and timezone.now() < self.agree_by and self.letter.accepts_confirmations
