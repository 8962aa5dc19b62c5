from __future__ import annotations

from datetime import datetime
from typing import Self, cast

from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from letters.document import Look, Roll
from letters.models.letters import Letter
from letters.models.revisions import Revision


def document_storage():
    return storages["documents"]


LONG = ("roll", "record")  # with ten thousand names megabytes, and few need them


def long_in(edition: str) -> list[str]:
    """The same columns for who comes by way of `edition`, as in `select_related`."""
    return [f"{edition}__{column}" for column in LONG]


class EditionQuerySet(models.QuerySet["Edition"]):
    def light(self) -> Self:
        """Without their long columns, which are read when they are asked for."""
        return self.defer(*LONG)


class Edition(models.Model):
    """A frozen pair (revision, roll), numbered. The database refuses to change it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="editions")
    front = models.JSONField()  # what stands around the signed text: {letterhead, place, date, date_precision}
    roll = models.JSONField()  # letters.document.Roll.to_json()
    look = models.JSONField(default=dict)  # letters.document.Look, what differs from its defaults
    digest = models.CharField(max_length=64)  # SHA-256 over the revision's digest, front and roll, hex
    journal_head = models.CharField(max_length=64, blank=True)  # campaigns.chain; its last link is of the freezing
    record = models.JSONField(default=dict)  # how it came to be: letters.services.records
    as_of = models.DateTimeField()
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey("campaigns.User", on_delete=models.DO_NOTHING, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"Edition {self.number} of letter {self.letter_id}"

    @property
    def is_open(self) -> bool:
        """Whether anybody can have its documents at a public address, to which a mail may link."""
        return self.letter.publications.open_in(self.letter_id).filter(edition=self).exists()

    @property
    def printed_roll(self) -> Roll:
        return Roll.from_json(self.roll)

    @property
    def printed_look(self) -> Look:
        return Look.from_json(self.look)


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def due(self, now: datetime) -> Self:
        """Waiting and ripe, or claimed by a worker whose lease ran out."""
        return self.filter(
            models.Q(state=Rendering.State.QUEUED, run_after__lte=now)
            | models.Q(state=Rendering.State.RENDERING, leased_until__lt=now)
        )

    def public(self) -> Self:
        """Those that hold nothing but what anybody may read; of an edition, not the addressee's copies."""
        return self.filter(variant=Rendering.Variant.PUBLIC)

    def of_text(self) -> Self:
        """Those of the text alone, as it is signed."""
        return self.filter(revision__isnull=False)

    def done(self) -> Self:
        return self.filter(state=Rendering.State.DONE)

    def failed(self) -> Self:
        return self.filter(state=Rendering.State.FAILED)


class Rendering(models.Model):
    """One document, as a job and then as a file with its SHA-256: the PDF, in one language, of an edition or, while
    it can be signed, of a revision's text without the roll.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "waiting"
        RENDERING = "rendering", "being set"
        DONE = "done", "ready"
        FAILED = "failed", "failed"

    class Variant(models.TextChoices):
        PUBLIC = "public", "public document"
        ADDRESSEE = "addressee", "addressee's copy"  # its file is encrypted: letters.services.addressee

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="renderings")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="renderings")
    language = models.CharField(max_length=20)
    variant = models.CharField(max_length=10, choices=Variant.choices, default=Variant.PUBLIC)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)  # the last try
    pages = models.PositiveIntegerField(default=0)  # laid out so far, then all
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    file = models.FileField(storage=document_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # of the PDF, also of one that is encrypted
    bytes = models.PositiveBigIntegerField(default=0)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "language", "-variant"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "variant"], name="one_rendering_per_language"),
            models.UniqueConstraint(fields=["revision", "language"], name="one_rendering_of_a_text"),
            models.CheckConstraint(
                condition=models.Q(edition__isnull=True, revision__isnull=False)
                | models.Q(edition__isnull=False, revision__isnull=True),
                name="rendering_of_edition_or_text",
            ),
            models.CheckConstraint(
                condition=models.Q(edition__isnull=False) | models.Q(variant="public"), name="texts_are_public"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | (models.Q(done_at__isnull=False) & ~models.Q(file="") & ~models.Q(sha256="")),
                name="done_rendering_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        of = f"edition {self.edition_id}" if self.edition_id else f"revision {self.revision_id}"
        return f"Rendering {self.language} of {of}"

    @property
    def is_public(self) -> bool:
        return self.variant == self.Variant.PUBLIC

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def seconds(self) -> float | None:
        """How long a finished one took to set."""
        return (self.done_at - self.started_at).total_seconds() if self.done_at and self.started_at else None

    @property
    def of(self) -> Edition | Revision:
        return self.edition or cast(Revision, self.revision)  # the database refuses a rendering of nothing
