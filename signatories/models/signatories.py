from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedJSONField, EncryptedTextField
from campaigns.lifecycle import Lifecycle
from letters.document import Roll
from letters.models import Amendment, Letter, Revision, Trial
from signatories import countries, roll
from signatories.models.vocabulary import DeclineReason, Scope, Status, Visibility


@dataclass(frozen=True)
class Line:
    """What identifies the organization in print: the name as it wants it, acronym, country, website."""

    name: str
    acronym: str = ""
    country: str = ""  # ISO 3166-1 alpha-2, or UN M.49 three digits for wider areas
    website: str = ""


@dataclass(frozen=True)
class Contact:
    """The person who signs for the organization. Never public."""

    name: str
    role: str
    email: str


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def real(self) -> Self:
        """Without the test sign-ons of a draft."""
        return self.filter(trial__isnull=True)

    def agreed(self) -> Self:
        """Those who agreed to the text in force, or to one it differs from by no amendment of substance."""
        return self.filter(agreed_revision__substance=F("letter__substance"))

    def listed(self) -> Self:
        """Approved, and agreed to the text in force: the ones that are printed and counted."""
        return self.filter(status=Status.LISTED).agreed()

    def asked_again(self) -> Self:
        """Confirmed or approved, but to a text that has changed in substance since: on no roll until they agree."""
        return self.real().live().exclude(agreed_revision__substance=F("letter__substance"))

    def live(self) -> Self:
        """Confirmed or listed: their organization cannot sign again."""
        return self.filter(status__in=[Status.CONFIRMED, Status.LISTED])

    def holding_address(self) -> Self:
        """Those whose contact address is taken on their letter."""
        return self.filter(status__in=[Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE])

    def awaiting_confirmation(self) -> Self:
        return self.filter(status=Status.PENDING)

    def awaiting_vetting(self) -> Self:
        """Confirmed ones, and doubles nobody has chosen between yet, oldest first."""
        undecided = Q(status=Status.CONFIRMED) | Q(status=Status.DUPLICATE, decided_by__isnull=True)
        return self.real().filter(undecided).order_by("confirmed_at")

    def confirmed_between(self, start: datetime | None, end: datetime | None) -> Self:
        chosen = self.filter(confirmed_at__lte=end) if end else self
        return chosen.filter(confirmed_at__gt=start) if start else chosen

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def withheld(self) -> Self:
        return self.exclude(visibility=Visibility.PUBLIC)

    def roll(self, language: str, as_of: datetime) -> Roll:
        """The public roll: names of those who want theirs printed, and the number of the others."""
        listed = self.listed()
        lines = listed.public().values_list("name", "acronym", "country")
        return roll.build(lines, withheld=listed.withheld().count(), language=language, as_of=as_of)

    def told_in(self, language: str, frozen: Roll) -> Roll:
        """An edition's roll for readers of another language."""
        return roll.told_in(frozen, language)


class Signatory(Lifecycle):
    """One organization's sign-on to one letter.

    The line of a public signatory stands in plain columns; that of a withheld one only in `sealed`, encrypted, and the
    database refuses it in the plain ones. Read it as `line`, write it through `set_line`.
    """

    Status = Status
    Visibility = Visibility
    Scope = Scope
    DeclineReason = DeclineReason

    MOVES = {
        Status.PENDING: {Status.CONFIRMED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED},
        Status.CONFIRMED: {Status.LISTED, Status.DECLINED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED},
        Status.DUPLICATE: {Status.CONFIRMED, Status.DECLINED, Status.WITHDRAWN},
        Status.LISTED: {Status.CONFIRMED, Status.DECLINED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED},
        Status.DECLINED: {Status.CONFIRMED},
        Status.WITHDRAWN: set(),
        Status.LAPSED: set(),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # no gaps that tell of hidden rows
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signatories")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING, editable=False)
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    agreed_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="signatories", editable=False
    )

    trial = models.ForeignKey(
        Trial, on_delete=models.CASCADE, null=True, blank=True, related_name="signatories", editable=False
    )

    name = models.CharField(_("organization"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    sealed = EncryptedJSONField(default=dict, blank=True)
    identity_hash = models.CharField(max_length=64)
    scope = models.CharField(_("works"), max_length=15, choices=Scope.choices)

    contact_name = EncryptedTextField(_("contact's name"))
    contact_role = EncryptedTextField(_("contact's role"))
    contact_email = EncryptedTextField(_("contact's e-mail"))
    contact_hash = models.CharField(max_length=64)
    attestation = models.CharField(max_length=20, editable=False)  # version of the wording that was ticked
    language = models.CharField(max_length=20, default=settings.LANGUAGE_CODE)

    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "campaigns.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = EncryptedTextField(blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles")

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        permissions = [("vet_signatory", "Can decide who is really who")]
        indexes = [
            models.Index(fields=["letter", "status"], name="signatory_letter_status"),
            models.Index(fields=["contact_hash"], name="signatory_contact"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "identity_hash"],
                condition=Q(status__in=["confirmed", "listed"]),
                name="one_live_sign_on_per_organization",
            ),
            models.UniqueConstraint(
                fields=["letter", "contact_hash"],
                condition=Q(status__in=["pending", "confirmed", "listed", "duplicate"]),
                name="one_sign_on_per_contact_address",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="signatory_status_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="signatory_visibility_known"),
            models.CheckConstraint(
                condition=~Q(status="listed")
                | Q(agreed_revision__isnull=False, confirmed_at__isnull=False, decided_by__isnull=False),
                name="listed_has_agreed_and_been_decided",
            ),
            models.CheckConstraint(
                condition=Q(trial__isnull=True) | Q(status__in=["pending", "confirmed", "duplicate", "withdrawn"]),
                name="test_sign_on_is_never_listed",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(agreed_revision__isnull=False, confirmed_at__isnull=False),
                name="confirmed_has_agreed",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_has_a_decider",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | (Q(decided_by__isnull=False) & ~Q(decline_reason="")),
                name="declined_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="duplicate") | Q(duplicate_of__isnull=False), name="duplicate_of_something"
            ),
            models.CheckConstraint(
                condition=(Q(visibility="public", sealed="") & ~Q(name=""))
                | (~Q(visibility="public") & Q(name="", acronym="", country="", website="") & ~Q(sealed="")),
                name="withheld_name_only_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-on {str(self.pk)[:8]}"  # the admin's log keeps this for ever: no name in it

    @property
    def agrees(self) -> bool:
        """Whether what it agreed to is what is in force, but for corrections."""
        return self.agreed_revision is not None and self.agreed_revision.substance == self.letter.substance

    @property
    def state_in_words(self) -> str:
        """The status, or that an approved one is on no roll until it agrees to the text as it is now."""
        if self.status == Status.LISTED and not self.agrees:
            return str(_("Approved, to agree again"))
        return str(self.get_status_display())

    @property
    def is_withheld(self) -> bool:
        return self.visibility != Visibility.PUBLIC

    @property
    def line(self) -> Line:
        return Line(**self.sealed) if self.sealed else Line(self.name, self.acronym, self.country, self.website)

    @property
    def country_name(self) -> str:
        """In the language of whoever is looking."""
        return countries.name(self.line.country)

    def set_line(self, line: Line, visibility: str) -> None:
        """Put the line where its visibility allows; does not save."""
        withheld = visibility != Visibility.PUBLIC
        shown = Line("") if withheld else line
        self.visibility = visibility
        self.name, self.acronym, self.country, self.website = shown.name, shown.acronym, shown.country, shown.website
        self.sealed = asdict(line) if withheld else {}

    @property
    def waiting_for(self) -> timedelta:
        """How long a vetter has kept it waiting."""
        return timezone.now() - (self.confirmed_at or self.signed_at)


class Objection(models.Model):
    """A signatory's word against a correction of the text it signed, within the hours it was given."""

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="objections")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="objections")
    words = EncryptedTextField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["signatory", "amendment"], name="one_objection_per_amendment"),
        ]

    def __str__(self) -> str:
        return f"Objection {self.pk}"
