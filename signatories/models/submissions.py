from __future__ import annotations

from django.db import models
from django.utils import timezone

from campaigns.fields import EncryptedJSONField
from letters.models import Letter


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def due(self) -> SubmissionQuerySet:
        """To be taken in now, in the order in which they came."""
        return self.filter(run_after__lte=timezone.now()).order_by("pk")


class Submission(models.Model):
    """A public form that was sent, for as long as nothing has been made of it.

    It is gone a moment later (services.submitting). No letter that can be signed is ever deleted, so the database need
    not look after that with every form.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    answers = EncryptedJSONField()
    sent_at = models.DateTimeField()
    run_after = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    objects = SubmissionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Submission {self.pk}"
