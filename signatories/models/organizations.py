"""The register: which public sign-ons, on whatever letters, are one organization's.

It holds no names of its own. A name in it is the line of a sign-on that is public and listed now; so what its owner
changes, withholds or withdraws is changed or gone here in the same instant, and nothing is left behind.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Letter
from signatories.models.signatories import Signatory
from signatories.models.vocabulary import Kind, Status, Visibility


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def standing(self) -> Self:
        """Those that have not been merged into another."""
        return self.filter(merged_into__isnull=True)


class Organization(models.Model):
    """One entry. Merged into another it stays, without appearances of its own, so that the merger can be undone."""

    known_since = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged", editable=False
    )
    merged_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("register")
        permissions = [("keep_register", "Can merge, delete and empty the register of organizations")]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="organization_not_merged_into_itself")
        ]

    def __str__(self) -> str:
        return f"Organization {self.pk}"  # the admin's log keeps this for ever: no name in it


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def shown(self) -> Self:
        """Those whose name is on a public roll now: who has yet to agree to an amended text is on none."""
        in_force = self.filter(signatory__agreed_revision__substance=F("signatory__letter__substance"))
        return in_force.filter(signatory__letter__in=Letter.objects.public())


class Appearance(models.Model):
    """An organization on a public roll. The database refuses one of a sign-on that is not public and listed, and
    deletes it when the sign-on is that no more (triggers.py)."""

    signatory = models.OneToOneField(Signatory, on_delete=models.CASCADE, primary_key=True, related_name="appearance")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="appearances")
    origin = models.ForeignKey(  # where it was filed first: what undoing a merger goes by
        Organization, on_delete=models.CASCADE, related_name="+"
    )

    objects = AppearanceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Appearance of {self.signatory_id}"

    @staticmethod
    def may_be_of(signatory: Signatory) -> bool:
        """As the database decides."""
        return (
            signatory.status == Status.LISTED
            and signatory.visibility == Visibility.PUBLIC
            and signatory.kind == Kind.ORGANIZATION
            and signatory.erased_at is None
        )
