from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedJSONField, EncryptedTextField
from campaigns.lifecycle import Lifecycle
from letters.models import Letter, Revision
from signatories.models.signatories import Signatory
from signatories.models.vocabulary import Kind, Visibility


class ImportQuerySet(models.QuerySet["Import"]):
    def to_read(self, now: datetime) -> Self:
        """Waiting to be read, or claimed by a worker whose lease ran out."""
        return self.filter(status=Import.Status.READING).filter(Q(leased_until=None) | Q(leased_until__lt=now))

    def adding(self) -> Self:
        return self.filter(status=Import.Status.ADDING)

    def without_files(self) -> Self:
        """Megabytes that hardly anybody needs."""
        return self.defer("content", "proof")

    def kept(self) -> Self:
        """Those that still hold what came with them."""
        return self.filter(emptied_at__isnull=True)


class Import(Lifecycle):
    """A list of sign-ons that came another way than by the form, and the job of reading it and adding what it says."""

    class Status(models.TextChoices):
        READING = "reading", _("Being read")
        UNREADABLE = "unreadable", _("Could not be read")
        READY = "ready", _("To be looked over")
        ADDING = "adding", _("Being added")
        DONE = "done", _("Added")
        DISCARDED = "discarded", _("Thrown away")

    class Origin(models.TextChoices):
        MAIL = "mail", _("By e-mail")
        DOCUMENT = "document", _("In a document or spreadsheet")
        FORM = "form", _("Through another form")
        LETTER = "letter", _("With the text of the letter")
        OTHER = "other", _("Another way")

    class Stopped(models.TextChoices):
        """Why adding went no further; what was added until then is added."""

        CLOSED = "closed", _("The letter takes no sign-ons at the moment.")
        AMENDED = "amended", _("The text was amended in substance while they were being added.")

    MOVES = {
        Status.READING: {Status.READY, Status.UNREADABLE, Status.DISCARDED},
        Status.UNREADABLE: {Status.DISCARDED},
        Status.READY: {Status.ADDING, Status.DONE, Status.DISCARDED},
        Status.ADDING: {Status.DONE, Status.READY},
        Status.DONE: {Status.READY},  # those that were not added are looked at again
        Status.DISCARDED: set(),
    }

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="imports")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.READING, editable=False)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    source = EncryptedTextField()  # in words: who sent it, when
    is_proof = models.BooleanField(default=False)  # whether the source itself shows that each of them signed
    proof_name = EncryptedTextField(blank=True)
    proof = EncryptedTextField(blank=True)  # the file, in base64
    file_name = EncryptedTextField(blank=True)  # "" for what was pasted
    content = EncryptedTextField(blank=True)  # of the list until it is read: the text, or the file in base64
    lines = models.PositiveIntegerField(default=0)  # that came in, all of which are in some row
    notices = EncryptedJSONField(default=list, blank=True)  # codes of the reading, and pieces such as a sheet's title
    problem = EncryptedTextField(blank=True)  # why it could not be read, in words
    stopped = models.CharField(max_length=10, choices=Stopped.choices, blank=True)
    agreed_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    agreed_words = models.CharField(max_length=400, blank=True)  # what the team said of it, as it was shown
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now)  # by a person
    added_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["adding", "done"]) | (Q(agreed_revision__isnull=False) & ~Q(agreed_words="")),
                name="added_have_agreed_to_something",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(content="", proof="", source="", file_name="", proof_name="", problem=""),
                name="emptied_import_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"  # no name in it

    @property
    def is_at_work(self) -> bool:
        return self.status in (self.Status.READING, self.Status.ADDING)

    @property
    def has_added(self) -> bool:
        """Whether sign-ons stand on it: then where it is from, and its proof, are kept as long as they."""
        return self.rows.added().exists()


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def undone(self) -> Self:
        """What adding has not come to yet."""
        return self.filter(outcome="")

    def added(self) -> Self:
        """What a sign-on came of whose data is still there."""
        return self.filter(signatory__isnull=False, signatory__erased_at__isnull=True)

    def unsendable(self) -> Self:
        """To be added, with no address to ask."""
        return self.filter(decision=ImportRow.Decision.ADD, contact_hash="")

    def lacking(self) -> Self:
        """Neither skipped nor the same as another, and not to be added as they stand."""
        return self.filter(decision__in=[ImportRow.Decision.ASK, ImportRow.Decision.ADD]).exclude(lacks="")


class ImportRow(models.Model):
    """One entry of the list, or a line that is none: what stood there, the guess, and what was decided and came of it.

    Its words are only in `sealed`: raw, lines, sheet, the parts of a sign-on, and the reasons of the guess.
    """

    class Decision(models.TextChoices):
        ASK = "ask", _("To be decided")
        ADD = "add", _("Add")
        MERGE = "merge", _("The same as another")
        SKIP = "skip", _("Skip")

    class Outcome(models.TextChoices):
        ADDED = "added", _("Added")
        MERGED = "merged", _("The same as another")
        SKIPPED = "skipped", _("Skipped")
        REFUSED = "refused", _("Not added")

    class Refusal(models.TextChoices):
        NO_ADDRESS = "no_address", _("There is no e-mail address to ask, and the source is not the proof.")
        ADDRESS_TAKEN = "address_taken", _("A sign-on with this e-mail address is on the letter already.")
        ALREADY_ON = "already_on", _("This organization is on the letter already.")
        HAS_LEFT = "has_left", _("It has left the letter, was set aside or never asked: it can sign by itself.")
        NO_MORE_MAIL = "no_more_mail", _("No more mails go to this address: it had its share, or said it never asked.")
        INDIVIDUAL = "individual", _("The letter is for organizations, and this is a person.")
        INCOMPLETE = "incomplete", _("It lacks the name or the country, or one of its cells cannot be used.")

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[*Kind.choices, ("skipped", _("Not a signatory"))])
    certainty = models.PositiveSmallIntegerField(default=2)  # signatories.reading.Certainty
    sealed = EncryptedJSONField(default=dict, blank=True)
    contact_hash = models.CharField(max_length=64, blank=True)
    lacks = models.CharField(max_length=14, blank=True)  # the part that keeps it from being added: blank or unusable
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    decision = models.CharField(max_length=5, choices=Decision.choices)
    same_as = models.ForeignKey(Signatory, on_delete=models.SET_NULL, null=True, related_name="import_mentions")
    same_as_row = models.PositiveIntegerField(null=True)  # the number of another row
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    refusal = models.CharField(max_length=14, choices=Refusal.choices, blank=True)
    signatory = models.OneToOneField(Signatory, on_delete=models.SET_NULL, null=True, related_name="import_row")
    filled = models.JSONField(default=list)  # the parts of the other's line that were blank and are filled by this row

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["of", "number"], condition=Q(outcome=""), name="import_row_undone"),
            models.Index(fields=["contact_hash"], condition=~Q(contact_hash=""), name="import_row_contact"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="one_import_row_per_number"),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(refusal=""), name="refused_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of import {self.of_id}"
