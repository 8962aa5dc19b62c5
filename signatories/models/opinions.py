from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedTextField
from signatories.models.signatories import Signatory


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def open(self) -> Self:
        """Those on what nobody has decided since: one of a vetter on a signatory at most."""
        return self.filter(closed_at__isnull=True)

    def asking(self) -> Self:
        return self.filter(says=Opinion.Says.ASKS)

    def approving(self) -> Self:
        return self.filter(says=Opinion.Says.APPROVES)


class Opinion(models.Model):
    """What one vetter thinks that another is to look at too: an approval that does not list yet, or a doubt."""

    class Says(models.TextChoices):
        APPROVES = "approves", _("Has approved it; a second vetter lists it")
        ASKS = "asks", _("Asks for a second opinion")

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="opinions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=10, choices=Says.choices)
    note = EncryptedTextField(blank=True)  # may name anybody: it goes when the contact's data goes
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]
        indexes = [models.Index(fields=["says"], condition=Q(closed_at=None), name="opinion_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["signatory", "by"], condition=Q(closed_at__isnull=True), name="one_open_opinion_of_each"
            ),
            models.CheckConstraint(condition=Q(says__in=["approves", "asks"]), name="opinion_says_known"),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.pk}"
