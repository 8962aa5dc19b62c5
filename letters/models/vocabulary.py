from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from letters import document


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("Consultation")
    OPEN = "open", _("Open for sign-on")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class OpenTo(models.TextChoices):
    ORGANIZATIONS = "organizations", _("Organizations only")
    BOTH = "both", _("Organizations and individuals")


class GroupBy(models.TextChoices):
    COUNTRY = document.COUNTRY, _("Country")
    REGION = document.REGION, _("Region of the world")
    SCOPE = document.SCOPE, _("Where they work: international, regional, national, local")
    KIND = document.KIND, _("Organizations, then individuals")
    NONE = document.NONE, _("No headings: one list by name")


class Numbering(models.TextChoices):
    UNNUMBERED = document.UNNUMBERED, _("No numbers")
    CONTINUOUS = document.CONTINUOUS, _("Numbered from the first to the last")
    PER_GROUP = document.PER_GROUP, _("Numbered anew under each heading")


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day, month and year")
    MONTH = "month", _("Month and year")
    NONE = "none", _("No date")
