from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedJSONField, EncryptedTextField
from campaigns.lifecycle import Lifecycle
from letters.models import Letter, Revision, Trial
from signatories import countries
from signatories.models.findable import findable
from signatories.models.keeping import CONSTRAINTS, INDEXES
from signatories.models.lines import LINE, Line
from signatories.models.querysets import SignatoryQuerySet
from signatories.models.vocabulary import (
    SAID_BY_TEAM,
    DeclineReason,
    HeldBecause,
    Kind,
    Rule,
    Scope,
    Status,
    Visibility,
)


class Signatory(Lifecycle):
    """One organization's sign-on to one letter.

    The line of a public signatory stands in plain columns; that of a withheld one only in `sealed`, encrypted, and the
    database refuses it in the plain ones. Read it as `line`, write it through `set_line`.
    """

    Status = Status
    Kind = Kind
    HeldBecause = HeldBecause
    Visibility = Visibility
    Scope = Scope
    DeclineReason = DeclineReason

    MOVES = {
        Status.PENDING: {Status.CONFIRMED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED, Status.INVALID},
        Status.CONFIRMED: {
            *(Status.LISTED, Status.DECLINED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED, Status.INVALID)
        },
        Status.DUPLICATE: {Status.CONFIRMED, Status.DECLINED, Status.WITHDRAWN, Status.LAPSED, Status.INVALID},
        Status.LISTED: {
            *(Status.CONFIRMED, Status.DECLINED, Status.DUPLICATE, Status.WITHDRAWN, Status.LAPSED, Status.INVALID)
        },
        Status.DECLINED: {Status.CONFIRMED, Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
        Status.LAPSED: set(),
        Status.INVALID: set(),  # an invalidation is undone as a whole (services.invalidating)
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

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORGANIZATION)
    name = models.CharField(_("organization"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    second_name = models.CharField(_("second name"), max_length=200, blank=True)
    reading = models.CharField(_("sorted by"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    sealed = EncryptedJSONField(default=dict, blank=True)
    submitted = EncryptedJSONField(default=dict, blank=True, editable=False)  # the line of the form, once it is another
    earlier = EncryptedJSONField(default=dict, blank=True, editable=False)  # {edition: line, visibility}: receipts.keep
    sought = models.CharField(max_length=600, blank=True, editable=False)  # these: models.findable
    domain_hash = models.CharField(max_length=32, blank=True, editable=False)
    mail_fit = models.CharField(max_length=10, blank=True, editable=False)
    is_filed = models.BooleanField(default=False, editable=False)  # services.filing
    identity_hash = models.CharField(max_length=64)
    scope = models.CharField(_("works"), max_length=15, choices=Scope.choices)
    is_initiator = models.BooleanField(_("initiator"), default=False, editable=False)  # its letter may list it first

    contact_name = EncryptedTextField(_("contact's name"))
    contact_role = EncryptedTextField(_("contact's role"))
    contact_email = EncryptedTextField(_("contact's e-mail"))
    contact_hash = models.CharField(max_length=64)
    attestation = models.CharField(max_length=20, editable=False)  # version of the wording that was ticked
    attested_words = models.CharField(max_length=400, blank=True, editable=False)  # that wording, as it was shown
    language = models.CharField(max_length=20, default=settings.LANGUAGE_CODE)

    held_because = models.CharField(max_length=10, choices=HeldBecause.choices, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = models.CharField(max_length=32, blank=True, editable=False)  # a hash by a salt that is thrown away
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewing_since = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    unsubscribed_at = models.DateTimeField(null=True, blank=True, editable=False)  # from the mails one may do without
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "campaigns.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_by_rule = models.CharField(max_length=12, choices=Rule.choices, blank=True, editable=False)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = EncryptedTextField(blank=True)
    duplicate_of = models.ForeignKey(  # two tests of one organization go together when the letter opens
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="doubles"
    )

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        permissions = [("vet_signatory", "Can decide who is really who")]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"Sign-on {str(self.pk)[:8]}"  # the admin's log keeps this for ever: no name in it

    @property
    def agrees(self) -> bool:
        """Whether what it agreed to is what is in force, but for corrections."""
        return self.agreed_revision is not None and self.agreed_revision.substance == self.letter.substance

    @property
    def state_in_words(self) -> str:
        """The status, or what it does not tell: that its board decides, that it is held, that it has to agree again."""
        if self.status == Status.LISTED and not self.agrees:
            return str(_("Approved, to agree again"))
        if self.is_held:
            return str(_("Held"))
        if self.status == Status.PENDING and self.reviewing_since:
            return str(_("Under internal review"))
        return str(self.get_status_display())

    @property
    def is_held(self) -> bool:
        return self.status == Status.PENDING and bool(self.held_because) and self.released_at is None

    @property
    def has_said_yes(self) -> bool:
        """As SignatoryQuerySet.said_yes."""
        undecided = self.status == Status.DUPLICATE and self.decided_by_id is None
        return undecided or self.status in (Status.CONFIRMED, Status.LISTED)

    @property
    def may_ask_its_board(self) -> bool:
        """Whether it can put off its answer: once sign-on has closed hours are left, and no board meets in them."""
        is_answered = bool(self.reviewing_since) or self.status != Status.PENDING
        return not (is_answered or self.is_individual or self.trial_id or self.letter.is_over)

    @property
    def is_individual(self) -> bool:
        return self.kind == Kind.INDIVIDUAL

    @property
    def came_in_a_list(self) -> bool:
        """Brought by the team (models.Import), and its owner has not filled in a form or confirmed since."""
        return self.attestation in ("", SAID_BY_TEAM)

    @property
    def has_answered(self) -> bool:
        """Whether its mailbox has: not where the team said of it that it signs."""
        return self.confirmed_at is not None and self.attestation != SAID_BY_TEAM

    @property
    def reference(self) -> str:
        """What a contact may quote and a vetter search for."""
        return str(self.pk)[:8].upper()

    @property
    def is_withheld(self) -> bool:
        return self.visibility != Visibility.PUBLIC

    @property
    def line(self) -> Line:
        return Line(**self.sealed) if self.sealed else Line(**{part: getattr(self, part) for part in LINE})

    @property
    def told_reason(self) -> str:
        """Why it was declined, as its contact is told; a value of DeclineReason, or ""."""
        return DeclineReason(self.decline_reason).as_told.value if self.decline_reason else ""

    @property
    def told_reason_in_words(self) -> str:
        return str(DeclineReason(self.decline_reason).told) if self.decline_reason else ""

    @property
    def submitted_line(self) -> Line:
        """As the form said it, whatever was corrected since."""
        return Line(**self.submitted) if self.submitted else self.line

    @property
    def country_name(self) -> str:
        """In the language of whoever is looking."""
        return countries.name(self.line.country)

    def set_line(self, line: Line, visibility: str) -> None:
        """Put the line where its visibility allows, beside the contact's address; does not save."""
        withheld = visibility != Visibility.PUBLIC
        shown = Line("") if withheld else line
        self.visibility = visibility
        self.is_initiator = self.is_initiator and not withheld and not self.is_individual
        for part in LINE:
            setattr(self, part, getattr(shown, part))
        self.sealed = asdict(line) if withheld else {}
        self.is_filed = False
        for column, value in findable(line, self.contact_email, is_withheld=withheld).items():
            setattr(self, column, value)

    @property
    def waiting_for(self) -> timedelta:
        """How long a vetter has kept it waiting."""
        return timezone.now() - (self.confirmed_at or self.signed_at)
