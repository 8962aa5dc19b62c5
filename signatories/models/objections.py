from __future__ import annotations

from django.db import models
from django.utils import timezone

from campaigns.fields import EncryptedTextField
from letters.models import Amendment
from signatories.models.signatories import Signatory


class Objection(models.Model):
    """A signatory's word against a correction of the text it signed, within the hours it was given."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="objections")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="objections")
    words = EncryptedTextField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["signatory", "amendment"], name="one_objection_per_amendment"),
        ]

    def __str__(self) -> str:
        return f"Objection {self.pk}"
