from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from campaigns.fields import EncryptedJSONField
from letters.models import Letter


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def due(self) -> SubmissionQuerySet:
        """To be taken in now, in the order in which they came."""
        return self.filter(run_after__lte=timezone.now()).order_by("pk")

    def sign_ons(self) -> SubmissionQuerySet:
        return self.filter(asks=Submission.Asks.SIGN_ON)

    def links(self) -> SubmissionQuerySet:
        return self.filter(asks=Submission.Asks.LINK)

    def sent_within(self, time: timedelta) -> SubmissionQuerySet:
        return self.filter(sent_at__gt=timezone.now() - time)

    def untried(self) -> SubmissionQuerySet:
        return self.filter(failures=0)


class Submission(models.Model):
    """A public form that was sent, for as long as nothing has been made of it.

    It is gone a moment later (services.submitting). No letter that can be signed is ever deleted, so the database need
    not look after that with every form.
    """

    class Asks(models.TextChoices):
        SIGN_ON = "sign_on"
        LINK = "link"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="submissions", db_constraint=False)
    asks = models.CharField(max_length=7, choices=Asks.choices)
    contact_hash = models.CharField(max_length=64)
    answers = EncryptedJSONField()
    sent_at = models.DateTimeField()
    run_after = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)

    objects = SubmissionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Submission {self.pk}"
