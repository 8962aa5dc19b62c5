from __future__ import annotations

from django.db import models
from django.utils import timezone


class Suppression(models.Model):
    """An address whose owner said that it never asked: what a public form would have written to it is not written.

    Kept as its keyed hash only, so that it can be asked about and not read.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Suppression {self.pk}"
