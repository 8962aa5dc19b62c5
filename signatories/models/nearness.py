"""What filing (services.filing) keeps of names.

It holds the sign-ons that it files and nothing else, while vetters first hold the letter and then its sign-ons in turn.
So neither table has the database look after a row that somebody deciding may hold: checking it would wait for them, and
they wait for what is being filed.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, models

from campaigns.fields import EncryptedJSONField
from letters.models import Letter
from signatories.models.signatories import Signatory


class NameKeyQuerySet(models.QuerySet["NameKey"]):
    def keep(self, letter: int, filed: Iterable[tuple[int, UUID]]) -> None:
        """File sign-ons of the letter, each with a key. A name has some twenty, too many to make an object of each."""
        rows = sorted(filed)  # as the index has them, so that two at once do not wait for each other
        if connection.vendor != "postgresql":
            made = (self.model(letter_id=letter, key=key, signatory_id=pk) for key, pk in rows)
            self.bulk_create(made, ignore_conflicts=True, batch_size=1000)
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO signatories_namekey (letter_id, key, signatory_id)"
                " SELECT %s, * FROM unnest(%s::bigint[], %s::uuid[]) ON CONFLICT DO NOTHING",
                [letter, [key for key, _ in rows], [str(pk) for _, pk in rows]],
            )


class NameKey(models.Model):
    """One of the things that the name of a public signatory is filed under (matching.keys), to find those like it.

    Nothing is filed of withheld ones: what they share with public names would tell theirs.
    """

    pk = models.CompositePrimaryKey("key", "letter_id", "signatory_id")  # key first: the register asks all letters
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    key = models.BigIntegerField()
    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="name_keys")

    objects = NameKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Key of {self.signatory_id}"


class Nearness(models.Model):
    """Which other sign-ons of the letter may be the same organization: looked up once, not for every page.

    `found` has keys of signatories with a weight, heaviest first. Encrypted, since a withheld name that is near a
    public one would be half told. Names are compared again where they are shown, so this may be older than they.
    """

    signatory = models.OneToOneField(
        Signatory, on_delete=models.CASCADE, primary_key=True, related_name="nearness", db_constraint=False
    )
    found = EncryptedJSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"Nearness of {self.signatory_id}"
