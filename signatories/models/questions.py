from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaigns.fields import EncryptedTextField
from signatories.models.signatories import Signatory


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        """Those that wait for an answer: one of a signatory at most."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True)


class Question(models.Model):
    """What a vetter asks before deciding; the answer comes back through the signatory's own page."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="questions")
    words = EncryptedTextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)  # decided without waiting for an answer

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["signatory"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="one_open_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"
