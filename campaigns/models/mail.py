from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from campaigns.fields import EncryptedJSONField, EncryptedTextField


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> Self:
        """Waiting and ripe, or claimed by a worker whose lease ran out."""
        return self.filter(
            models.Q(state=Mail.State.QUEUED, run_after__lte=now)
            | models.Q(state=Mail.State.SENDING, leased_until__lt=now)
        )

    def unsent(self) -> Self:
        return self.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING])

    def failed(self) -> Self:
        return self.filter(state=Mail.State.FAILED)

    def caused_by_forms(self) -> Self:
        """Those that anybody can have written, to any address, by filling in a public form."""
        return self.exclude(allowance="")

    def sent_or_being_sent(self, since: datetime) -> Self:
        return self.filter(models.Q(state=Mail.State.SENT, sent_at__gt=since) | models.Q(state=Mail.State.SENDING))

    def about(self, subject: models.Model) -> Self:
        return self.filter(kind__startswith=f"{subject._meta.app_label}.", about_id=str(subject.pk))


class Mail(models.Model):
    """One line of the outbox: which mail to whom about what. Its words are rendered when it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        DROPPED = "dropped", "no longer needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # also the Message-ID: copies are equal
    kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    to = EncryptedTextField(blank=True)  # emptied once sent
    to_hash = models.CharField(max_length=64)
    data = EncryptedJSONField(default=dict, blank=True)  # what no row of ours can tell the writer; emptied once sent
    language = models.CharField(max_length=20, default=settings.LANGUAGE_CODE)
    dedupe_key = models.CharField(max_length=200, unique=True)
    allowance = models.CharField(max_length=60, blank=True)  # what it counts under, if a public form can cause it
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    run_after = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "mail"
        verbose_name_plural = "outbox"
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(state__in=["queued", "sending"]), name="mail_unsent"),
            models.Index(fields=["about_id"], name="mail_about"),
            models.Index(fields=["to_hash", "created_at"], name="mail_to"),
            models.Index(fields=["created_at"], name="mail_created"),
            models.Index(fields=["created_at"], condition=models.Q(state="failed"), name="mail_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
