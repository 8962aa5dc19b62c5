from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.lifecycle import Lifecycle
from letters.models.editions import Edition, long_in
from letters.models.letters import Letter


class PublicationQuerySet(models.QuerySet["Publication"]):
    def public(self) -> Self:
        return self.filter(status=Publication.Status.PUBLIC)

    def pending(self) -> Self:
        """Written, and not out yet; a letter has one at a time."""
        return self.filter(status__in=[Publication.Status.PREPARED, Publication.Status.SCHEDULED])

    def with_edition(self) -> Self:
        """With its edition and the text of that, without the long columns."""
        return self.select_related("edition__revision").defer(*long_in("edition"))

    def open_in(self, letter: Letter | int) -> Self:
        """Those by which anybody may have documents of the letter: the public one, and those that it replaced.

        Taking back closes all of them, and what is published after it opens none of them again.
        """
        came = self.filter(letter=letter)  # one is written at a time, so they came out in their order
        back = came.filter(status=Publication.Status.REMOVED).order_by("-pk").values("pk")[:1]
        shown = [Publication.Status.PUBLIC, Publication.Status.REPLACED]
        return came.filter(status__in=shown, pk__gt=Coalesce(Subquery(back), Value(0)))

    def due(self, now: datetime) -> Self:
        """Released, and their instant has come."""
        return self.filter(status=Publication.Status.SCHEDULED, comes_at__lte=now)

    def told(self) -> Self:
        """Those of which all signatories had been written to before they were taken back, if they were, and have not
        been written to that they were."""
        in_time = ~Q(status=Publication.Status.REMOVED) | Q(went_at__gt=models.F("news__told_at"))
        return self.filter(in_time, news__kind="published", news__told_at__isnull=False, tells_removal=False)

    def gone(self) -> Self:
        """Taken back, and nothing of their letters has come out since."""
        later = Publication.objects.filter(letter=OuterRef("letter"), pk__gt=OuterRef("pk"), came_at__isnull=False)
        return self.filter(~Exists(later), status=Publication.Status.REMOVED)


class Publication(Lifecycle):
    """One edition made public, with what the conveners say around the signed text."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        SCHEDULED = "scheduled", _("Released")
        PUBLIC = "public", _("Published")
        REPLACED = "replaced", _("Replaced")
        REMOVED = "removed", _("Taken back")
        DISCARDED = "discarded", _("Thrown away")

    MOVES = {
        Status.PREPARED: {Status.SCHEDULED, Status.DISCARDED},
        Status.SCHEDULED: {Status.PUBLIC, Status.PREPARED},  # an embargo can be called back
        Status.PUBLIC: {Status.REPLACED, Status.REMOVED},
        Status.REPLACED: set(),
        Status.REMOVED: set(),
        Status.DISCARDED: set(),
    }

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="publications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PREPARED, editable=False)
    words = models.JSONField(default=dict)  # {language: {headline, document_line, lead, note}}; headlines may hold {n}
    shows_salutation = models.BooleanField(default=False)
    shows_closing = models.BooleanField(default=False)
    tells_signatories = models.BooleanField(default=True)
    comes_at = models.DateTimeField(null=True, blank=True)  # the embargo; None: as soon as it is released
    needs_second = models.BooleanField(default=False)  # a rule of the campaign when it was prepared
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    came_at = models.DateTimeField(null=True, blank=True)  # when it was public
    went_at = models.DateTimeField(null=True, blank=True)  # when it was replaced or taken back
    removed_because = models.CharField(max_length=300, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tells_removal = models.BooleanField(default=False)  # the signatories, by mail

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter"], condition=Q(status="public"), name="one_public_edition"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(status__in=["prepared", "scheduled"]), name="one_pending_publication"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["prepared", "discarded"])
                | Q(released_at__isnull=False, released_by__isnull=False, comes_at__isnull=False),
                name="released_publication_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(released_by__isnull=True) | ~Q(released_by=models.F("prepared_by")),
                name="second_person_releases_publication",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["public", "replaced", "removed"]) | Q(came_at__isnull=False),
                name="public_edition_knows_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["replaced", "removed"]) | Q(went_at__isnull=False),
                name="gone_publication_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Publication {self.pk} of edition {self.edition_id}"

    def words_in(self, language: str) -> dict[str, Any]:
        """What stands around the text in a language; every part may be ""."""
        return {"headline": "", "document_line": "", "lead": "", "note": "", **self.words.get(language, {})}


class StaticCopyQuerySet(models.QuerySet["StaticCopy"]):
    def due(self, now: datetime) -> Self:
        """Those to look after now, the longest neglected first."""
        return self.filter(look_after__lte=now).order_by("look_after", "pk")


class StaticCopy(models.Model):
    """A published letter as files that any web server can serve, and the job of keeping them true.

    It goes when the letter is published no more, once its files are gone.
    """

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="static_copy")
    digest = models.CharField(max_length=64, blank=True)  # of its SHA256SUMS, hex; "" until all is written
    said = models.CharField(max_length=64, blank=True)  # of what its files say; not of the minute at which it is so
    told = models.CharField(max_length=64, blank=True)  # of what tells, cheaply, that something may have changed
    compared_at = models.DateTimeField(null=True, blank=True)  # when each of its files was asked for
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    look_after = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = StaticCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "static copies"

    def __str__(self) -> str:
        return f"Static copy of letter {self.letter_id}"
