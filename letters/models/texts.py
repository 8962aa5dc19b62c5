from __future__ import annotations

from typing import Any

from django.db import models
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters.models.letters import Letter

RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}


class Text(models.Model):
    """One language version of a letter. One language is authentic, the others are courtesy translations."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=20, default="en")  # BCP 47
    is_authentic = models.BooleanField(_("authentic"), default=True)
    title = models.CharField(_("title"), max_length=300)
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    re_line = models.CharField(_("Re line"), max_length=300, blank=True)
    salutation = models.CharField(_("salutation"), max_length=200, blank=True)
    body = models.TextField(_("body"), blank=True)  # HTML of letters.body's schema, cleaned on the way in
    closing = models.TextField(_("closing"), max_length=500, blank=True)
    # Of a courtesy text only: what it was translated from, {"title": …, "salutation": …, …, "units": [{"source": the
    # authentic HTML, "html": this text's, …}, …]}. The body is these units one after the other; see letters.courtesy.
    sources = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "language"], name="one_text_per_language"),
            models.UniqueConstraint(
                fields=["letter"], condition=models.Q(is_authentic=True), name="one_authentic_text_per_letter"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def held(self) -> dict[str, Any]:
        """Everything it says and was translated from, as letters.courtesy takes it."""
        return model_to_dict(self, exclude=["id", "letter"])

    @property
    def direction(self) -> str:
        return "rtl" if self.language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


class Recipient(models.Model):
    """To whom the letter goes; ordered, and part of what is signed."""

    class Line(models.TextChoices):
        TO = "to", _("To")
        CC = "cc", _("cc")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    line = models.CharField(_("line"), max_length=2, choices=Line.choices, default=Line.TO)
    position = models.PositiveIntegerField(pgettext_lazy("in an order", "position"), default=0)
    honorific = models.CharField(_("honorific"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    office = models.CharField(_("office"), max_length=200, blank=True)
    organization = models.CharField(_("body"), max_length=200, blank=True)
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = ["-line", "position", "pk"]  # "to" before "cc"
        constraints = [
            models.CheckConstraint(condition=models.Q(line__in=["to", "cc"]), name="recipient_line_known"),
            models.CheckConstraint(
                condition=~models.Q(name="", office="", organization=""), name="recipient_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.office, self.organization) if part)
