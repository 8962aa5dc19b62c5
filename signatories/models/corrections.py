from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaigns.fields import EncryptedJSONField
from signatories.models.lines import Line
from signatories.models.signatories import Signatory
from signatories.models.vocabulary import Kind


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(decided_at__isnull=True)


class Correction(models.Model):
    """Another line for a listed signatory: a name is not printed before a vetter has seen it.

    The signatory asks for it, or a list that its team has brought says more of it than is printed.
    """

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="corrections")
    sealed = EncryptedJSONField()  # the line asked for; whether it may be shown is the signatory's visibility
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORGANIZATION)
    from_list = models.ForeignKey("Import", on_delete=models.SET_NULL, null=True, related_name="corrections")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_accepted = models.BooleanField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["signatory"], condition=Q(decided_at__isnull=True), name="one_open_correction"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_accepted__isnull=True)
                | Q(decided_at__isnull=False, is_accepted__isnull=False),
                name="decided_correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk}"

    @property
    def is_own(self) -> bool:
        """Whether the signatory itself asks for it."""
        return self.from_list_id is None

    @property
    def line(self) -> Line:
        return Line(**self.sealed)
