from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models.letters import Letter


class RevisionQuerySet(models.QuerySet["Revision"]):
    def signed(self) -> Self:
        """Those that are or were in force: what one can have agreed to, and what is public."""
        return self.filter(cause__in=[Revision.Cause.OPENED, Revision.Cause.AMENDED])

    def in_force(self) -> Self:
        """The newest of each letter that has been opened."""
        newer = Revision.objects.filter(letter=models.OuterRef("letter"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(newer), letter__in=Letter.objects.public())


class Revision(models.Model):
    """An immutable snapshot of everything signed: texts and recipients. The database refuses to change it.

    A draft has many, one for each save that matters; from opening on the newest is the one in force, and only an
    amendment makes another. Those who agreed to any revision of one `substance` agreed to all of them.
    """

    class Cause(models.TextChoices):
        SAVED = "saved", _("saved")
        IMPORTED = "imported", _("brought in")
        RESTORED = "restored", _("restored")
        CONSULTED = "consulted", _("sent to partners")
        OPENED = "opened", _("opened for sign-on")
        AMENDED = "amended", _("amended")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    substance = models.PositiveIntegerField(default=1)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    digest = models.CharField(max_length=64)  # SHA-256 of `canonical`, hex
    canonical = models.TextField()  # see docs/canonical-form.md
    texts = models.JSONField()  # as typeset: [{language, is_authentic, title, headline, re_line, …}]
    recipients = models.JSONField()  # as typeset, in order: [{line, honorific, name, …}]
    front = models.JSONField(default=dict)  # {place, date (ISO or ""), date_precision}: kept to be restored, not signed
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey("campaigns.User", on_delete=models.DO_NOTHING, related_name="+")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="revision_digest_hex"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of letter {self.letter_id}"

    @property
    def snapshot(self) -> dict[str, Any]:
        """What is signed, as letters.changes takes it."""
        return {"texts": self.texts, "recipients": self.recipients}

    @property
    def authentic(self) -> dict[str, Any]:
        return next(text for text in self.texts if text["is_authentic"])

    def text_in(self, language: str) -> dict[str, Any]:
        """The text in a language, or else the authentic one."""
        return next((text for text in self.texts if text["language"] == language), self.authentic)

    def text_for(self, language: str) -> dict[str, Any]:
        """The same for a reader: "fr-ca" may read "fr", and "zh-hans" what is there for "zh"."""
        stem = language.partition("-")[0]
        near = [text for text in self.texts if text["language"].partition("-")[0] == stem]
        exact = [text for text in near if text["language"] == language]
        return (exact or near or [self.authentic])[0]


class RevisionName(models.Model):
    """What the team calls a revision; beside it, since the revision itself cannot be changed."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="named")
    name = models.CharField(_("name"), max_length=100)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey("campaigns.User", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name
