from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting for e-mail confirmation")
    CONFIRMED = "confirmed", _("Confirmed, to be checked")
    LISTED = "listed", _("Listed")
    DECLINED = "declined", _("Not accepted")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Never confirmed")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Print our name")
    RECIPIENT = "recipient", _("Only in the addressee's copy")
    COUNTED = "counted", _("Count us, withhold our name")


class Scope(models.TextChoices):
    LOCAL = "local", _("locally")
    NATIONAL = "national", _("nationally")
    REGIONAL = "regional", _("regionally")
    INTERNATIONAL = "international", _("internationally")


class DeclineReason(models.TextChoices):
    NOT_REACHED = "not_reached", _("We could not establish that the organization signed")
    NOT_AN_ORGANIZATION = "not_organization", _("Not an organization")
    NOT_ELIGIBLE = "not_eligible", _("Outside the group this letter is open to")
    DUPLICATE = "duplicate", _("Already on the list")
    OTHER = "other", _("Another reason")
