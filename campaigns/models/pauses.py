from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SitePauseQuerySet(models.QuerySet["SitePause"]):
    def running(self) -> Self:
        return self.filter(ended_at__isnull=True)


class SitePause(models.Model):
    """A time in which no letter of the site takes sign-ons; the one that has not ended is in force."""

    reason = models.CharField(_("reason"), max_length=300, help_text=_("For the journal; visitors do not see it."))
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = SitePauseQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("pause of the whole site")
        verbose_name_plural = _("pauses of the whole site")

    def __str__(self) -> str:
        return f"Pause {self.pk}"
