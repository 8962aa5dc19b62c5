from __future__ import annotations

from django.db import models
from django.utils import timezone

from letters.models.letters import Letter


class Revision(models.Model):
    """An immutable snapshot of everything signed: texts and recipients. The database refuses to change it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of `canonical`, hex
    canonical = models.TextField()  # see docs/canonical-form.md
    texts = models.JSONField()  # as typeset: [{language, is_authentic, title, headline, re_line, …}]
    recipients = models.JSONField()  # as typeset, in order: [{line, honorific, name, …}]
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey("campaigns.User", on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="revision_digest_hex"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of letter {self.letter_id}"
