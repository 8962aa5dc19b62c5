from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedJSONField
from letters.models import Letter
from signatories.models.signatories import Signatory


class Invalidation(models.Model):
    """A cohort of sign-ons set aside at once by a rule, or declined together. It is undone as a whole, exactly."""

    class Outcome(models.TextChoices):
        INVALID = "invalid", _("Set aside")
        DECLINED = "declined", _("Declined")

    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.INVALID)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="invalidations")
    rule = EncryptedJSONField()  # what they had in common, as the form said it; may hold a mail domain
    reason = models.CharField(max_length=300)  # in the vetter's words; of those declined a DeclineReason
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("cohort set aside")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return f"Invalidation {self.pk}"

    @property
    def is_declined(self) -> bool:
        return self.outcome == self.Outcome.DECLINED

    @property
    def reason_in_words(self) -> str:
        return str(Signatory.DeclineReason(self.reason).label) if self.is_declined else self.reason


class InvalidatedSignatory(models.Model):
    """One of them, and the state it is put back to; who had decided on it, where that was overwritten."""

    invalidation = models.ForeignKey(Invalidation, on_delete=models.CASCADE, related_name="rows")
    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="invalidated")
    was = models.CharField(max_length=12, choices=Signatory.Status.choices)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_rule = models.CharField(max_length=12, blank=True)
    # Where the register had it, which somebody may have merged by hand. No foreign keys: with its last appearance an
    # entry goes, by a trigger of the database.
    entry = models.BigIntegerField(null=True)
    origin = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invalidation", "signatory"], name="invalidated_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.signatory_id} in invalidation {self.invalidation_id}"
