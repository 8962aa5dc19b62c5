"""What the database looks sign-ons up by, and what it refuses to hold of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from signatories.models.lines import LINE
from signatories.models.vocabulary import Kind, Status, Visibility

SINCE = Coalesce("confirmed_at", "signed_at")  # when a vetter could first have looked at it
FILED = [Status.CONFIRMED, Status.LISTED, Status.DECLINED, Status.DUPLICATE]  # compared with the others of the letter

INDEXES = [
    models.Index(fields=["letter", "status"], name="signatory_letter_status"),
    models.Index(fields=["contact_hash"], name="signatory_contact"),
    models.Index(fields=["signed_at"], name="signatory_signed"),
    models.Index(fields=["source"], condition=~Q(source=""), name="signatory_source"),
    models.Index(fields=["letter", "source", "signed_at"], condition=~Q(source=""), name="signatory_places"),
    models.Index(fields=["letter", "agreed_revision"], condition=Q(status="listed"), name="signatory_listed"),
    models.Index(F("letter"), SINCE, name="signatory_letter_since"),
    models.Index(SINCE, name="signatory_since"),
    models.Index(F("status"), SINCE, name="signatory_status_since"),
    models.Index(fields=["letter", "sought", "id"], condition=Q(trial=None), name="signatory_sought"),
    models.Index(fields=["letter", "-signed_at", "-id"], name="signatory_letter_signed"),
    models.Index(fields=["letter"], condition=~Q(held_because="") & Q(released_at=None), name="signatory_held"),
    models.Index(fields=["domain_hash"], condition=~Q(domain_hash=""), name="signatory_domain"),
    models.Index(fields=["letter"], condition=Q(is_filed=False, status__in=FILED), name="signatory_to_file"),
    models.Index(fields=["letter"], condition=~Q(visibility="public"), name="signatory_withheld"),
]

CONSTRAINTS = [
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
        | (
            Q(agreed_revision__isnull=False, confirmed_at__isnull=False)
            & (Q(decided_by__isnull=False) | ~Q(decided_by_rule=""))
        ),
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
        condition=Q(decided_at__isnull=True, decided_by__isnull=True, decided_by_rule="")
        | Q(decided_at__isnull=False, decided_by__isnull=False, decided_by_rule="")
        | (Q(decided_at__isnull=False, decided_by__isnull=True) & ~Q(decided_by_rule="")),
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
        | (~Q(visibility="public") & Q(**dict.fromkeys(LINE, "")) & ~Q(sealed=""))
        | (Q(erased_at__isnull=False) & Q(**dict.fromkeys(LINE, "")) & Q(sealed="")),
        name="withheld_name_only_sealed",
    ),
    models.CheckConstraint(
        condition=Q(visibility="public", erased_at__isnull=True) | Q(sought="", domain_hash=""),
        name="withheld_name_is_not_sought",
    ),
    models.CheckConstraint(
        condition=Q(is_initiator=False) | Q(visibility="public", kind="organization", erased_at__isnull=True),
        name="initiator_is_named",
    ),
    models.CheckConstraint(condition=Q(kind__in=Kind.values), name="signatory_kind_known"),
    models.CheckConstraint(
        condition=Q(kind="organization") | Q(visibility="public") | Q(erased_at__isnull=False),
        name="individual_signs_to_be_named",
    ),
    models.CheckConstraint(
        condition=Q(erased_at__isnull=True)
        | Q(contact_name="", contact_role="", contact_email="", submitted="", earlier=""),
        name="erased_keeps_no_contact",
    ),
]
