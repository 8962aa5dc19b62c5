from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from campaigns import insertion


class JournalManager(models.Manager["JournalEntry"]):
    def record(self, verb: str, subject: models.Model, *, by: Any = None, **data: Any) -> JournalEntry:
        """Note that `by` (a user, or None for the site or a signatory) did `verb` to `subject`.

        `data` holds ids, numbers and words of ours, never a name or an address.
        """
        entry = self.model(
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            actor_id=getattr(by, "pk", None),
            data=data,
        )
        insertion.insert(entry)
        return entry

    def about(self, subject: models.Model) -> models.QuerySet[JournalEntry]:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def unlinked(self) -> models.QuerySet[JournalEntry]:
        """Those that have no place in the chain yet."""
        return self.filter(~models.Exists(JournalLink.objects.filter(entry=models.OuterRef("pk"))))


class JournalEntry(models.Model):
    """Who did what when. The database refuses to change or delete a line; so it may hold no personal data."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)  # no foreign key: a user may go, the line stays
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = JournalManager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "journal"
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["at"], condition=models.Q(verb="refused"), name="journal_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class JournalLink(models.Model):
    """An entry's place in the chain (campaigns.chain). Number 0 is the seed and has no entry. The database refuses to
    change or delete a link, too."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, null=True, related_name="link")
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"link {self.number}"
