from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Edition, Letter, Publication


class NewsQuerySet(models.QuerySet["News"]):
    def untold(self) -> Self:
        """Those of which not all signatories have been written to."""
        return self.filter(told_at__isnull=True)

    def standing(self) -> Self:
        """Those that are still so: what tells of a publication that was taken back is left out."""
        return self.exclude(publication__status=Publication.Status.REMOVED)


class News(models.Model):
    """What became of a letter, noted by its team and told to the signatories."""

    class Kind(models.TextChoices):
        DELIVERED = "delivered", _("It was delivered")
        PUBLISHED = "published", _("It was published")
        REPLIED = "replied", _("There is an answer")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    edition = models.ForeignKey(  # of which each signatory gets its receipt
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="news", editable=False
    )
    publication = models.OneToOneField(  # told by itself, once
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
            models.CheckConstraint(condition=Q(kind__in=["delivered", "published", "replied"]), name="news_kind_known"),
        ]

    def __str__(self) -> str:
        return f"News {self.pk} of letter {self.letter_id}"

    @property
    def is_taken_back(self) -> bool:
        """Whether it tells of a publication that is none any more: whom it has not reached yet, it does not."""
        return self.publication is not None and self.publication.status == Publication.Status.REMOVED
