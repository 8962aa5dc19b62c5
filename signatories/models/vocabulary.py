from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# as attestations, instead of the version of a wording: the team said it for them, and the mailbox bore it out later
SAID_BY_TEAM, AGREED_AGAIN = "team", "agreed again"


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting for e-mail confirmation")
    CONFIRMED = "confirmed", _("Confirmed, to be checked")
    LISTED = "listed", _("Listed")
    DECLINED = "declined", _("Not accepted")
    DUPLICATE = "duplicate", _("Duplicate")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Never confirmed")
    INVALID = "invalid", _("Invalidated")


class Kind(models.TextChoices):
    ORGANIZATION = "organization", _("Organization")
    INDIVIDUAL = "individual", _("Individual")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Print our name")
    RECIPIENT = "recipient", _("Only in the addressee's copy")
    COUNTED = "counted", _("Count us, withhold our name")


class Scope(models.TextChoices):
    LOCAL = "local", _("locally")
    NATIONAL = "national", _("nationally")
    REGIONAL = "regional", _("regionally")
    INTERNATIONAL = "international", _("internationally")


CANNOT_BE_LISTED = _("We cannot put it on this letter")


class DeclineReason(models.TextChoices):
    NOT_REACHED = "not_reached", _("We could not establish that the organization signed")
    NOT_AN_ORGANIZATION = "not_organization", _("Not an organization")
    NOT_ELIGIBLE = "not_eligible", _("Outside the group this letter is open to")
    DUPLICATE = "duplicate", _("Already on the list")
    OTHER = "other", _("Another reason")

    @property
    def as_told(self) -> DeclineReason:
        """What the contact is told: that it is on the list already would say that another has signed for it."""
        return DeclineReason.OTHER if self is DeclineReason.DUPLICATE else self

    @property
    def told(self) -> str | Promise:
        """The reason as the contact reads it."""
        return CANNOT_BE_LISTED if self.as_told is DeclineReason.OTHER else self.label


class HeldBecause(models.TextChoices):
    """Why a sign-on waits before its mail is written. Whoever sent it sees no difference."""

    SOURCE = "source", _("Many sign-ons from one place")
    PRESSURE = "pressure", _("Many sign-ons at once")
    TRAP = "trap", _("A field that people do not see was filled in")
    HASTE = "haste", _("Filled in faster than anyone types")


class Reason(models.TextChoices):
    """What contact data or withheld names are taken out for. Words of ours, since the journal keeps them for ever."""

    WRITE = "write", _("To write to signatories about this letter")
    DELIVER = "deliver", _("To prepare the delivery")
    CHECK = "check", _("To check the list")
    MOVE = "move", _("To go on with another system")
    DUTY = "duty", _("A legal duty, or a signatory asks for its data")


class Rule(models.TextChoices):
    """By what a sign-on was decided on where no person did."""

    KNOWN = "known", _("Known from an earlier letter, and confirmed from its own domain")
