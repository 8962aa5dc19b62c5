from __future__ import annotations

from django.db import models

from campaigns.fields import EncryptedJSONField, EncryptedTextField
from letters.document import Roll
from letters.models.editions import Edition


class AddresseeNames(models.Model):
    """The names that an edition shows to its addressee alone, encrypted; an edition without such names has none.

    It stands beside the edition, which is public in all its parts: keys are rotated here, and the names can go. With
    `key` the files of the addressee's copies are encrypted, so once it is gone nobody can read them.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="addressee_names")
    key = EncryptedTextField(blank=True)
    held = EncryptedJSONField(default=dict, blank=True)  # {roll, signatories: their ids, mark}
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deleted_at__isnull=True) | models.Q(key="", held=""), name="deleted_names_are_gone"
            )
        ]

    def __str__(self) -> str:
        return f"Names for the addressee of edition {self.edition_id}"

    @property
    def roll(self) -> Roll:
        return Roll.from_json(self.held["roll"])

    @property
    def mark(self) -> str:
        """Random, and printed in the copy: so that nobody can try out names against the SHA-256 of its file."""
        return str(self.held["mark"])
