from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Edition, Letter, Publication


class NewsQuerySet(models.QuerySet["News"]):
    def untold(self) -> Self:
        """Those of which not all signatories have been written to."""
        return self.filter(told_at__isnull=True)

    def to_read(self) -> Self:
        """Without those that say again what another says by now: that what was published has been taken back."""
        said = News.objects.filter(publication=OuterRef("publication"), kind=News.Kind.PUBLISHED)
        return self.exclude(Exists(said), kind=News.Kind.TAKEN_BACK)


class News(models.Model):
    """What became of a letter, noted by its team and told to the signatories."""

    class Kind(models.TextChoices):
        DELIVERED = "delivered", _("It was delivered")
        PUBLISHED = "published", _("It was published")
        REPLIED = "replied", _("There is an answer")
        TAKEN_BACK = "taken_back", _("It was taken back")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    edition = models.ForeignKey(  # of which each signatory gets its receipt
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="news", editable=False
    )
    publication = models.ForeignKey(  # that it came out, or was taken back: told by itself, once
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="news", editable=False
    )
    whom = models.CharField(_("to or by whom"), max_length=200, blank=True)
    happened_on = models.DateField(_("when"))
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    url = models.CharField(_("web address"), max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)  # when the last signatory had been written to

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = _("news")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["delivered", "published", "replied", "taken_back"]), name="news_kind_known"
            ),
            models.UniqueConstraint(fields=["publication", "kind"], name="publication_told_once"),
        ]

    def __str__(self) -> str:
        return f"News {self.pk} of letter {self.letter_id}"

    @property
    def is_taken_back(self) -> bool:
        """Whether it tells of a publication that is none any more: whom it has not reached yet, it does not."""
        is_gone = self.publication is not None and self.publication.status == Publication.Status.REMOVED
        return is_gone and self.kind == self.Kind.PUBLISHED

    @property
    def is_public_again(self) -> bool:
        """Whether it tells that something was taken back which has come out anew: who hears of that hears of both."""
        if self.kind != self.Kind.TAKEN_BACK or self.publication is None:
            return False
        return not Publication.objects.gone().filter(pk=self.publication.pk).exists()

    @property
    def is_over(self) -> bool:
        return self.is_taken_back or self.is_public_again
