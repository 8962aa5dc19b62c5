"""What filing (services.filing) keeps of names.

It holds the sign-ons that it files and nothing else, while vetters first hold the letter and then its sign-ons in turn.
So neither table has the database look after a row that somebody deciding may hold: checking it would wait for them, and
they wait for what is being filed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import connection, models

from campaigns.fields import EncryptedJSONField
from letters.models import Letter
from signatories.models.signatories import Signatory

Key = tuple[int, ...]  # a letter's number and what a name there is filed under, or this alone


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

    def of_letters(self, sought: Collection[Key], most: int) -> dict[Key, list[str]]:
        """For each letter and key those filed there under it, as strings; at most so many, more of them say nothing."""
        if connection.vendor == "postgresql":
            return _crowds(("letter_id", "key"), sorted(sought), most)
        letters, keys = ({pair[place] for pair in sought} for place in (0, 1))
        rows = self.filter(letter__in=letters, key__in=keys).values_list("letter_id", "key", "signatory_id")
        return _by_key((*row,) for row in rows[: most * len(sought)])

    def of_register(self, sought: Collection[Key], most: int) -> dict[Key, list[str]]:
        """For each key alone those in the register who are filed under it on whatever letter."""
        if connection.vendor == "postgresql":
            joined = "JOIN signatories_appearance USING (signatory_id)"
            return _crowds(("key",), sorted(sought), most, joined)
        known = self.filter(key__in={key for (key,) in sought}, signatory__appearance__isnull=False)
        return _by_key((*row,) for row in known.values_list("key", "signatory_id")[: most * len(sought)])


def _crowds(columns: tuple[str, ...], sought: list[Key], most: int, joined: str = "") -> dict[Key, list[str]]:
    """Each key's as one word: tens of thousands of rows would keep Python's collector busy."""
    if not sought:
        return {}
    same = " AND ".join(f"name.{column} = one.{column}" for column in columns)
    lists = ", ".join(["%s::bigint[]"] * len(columns))
    statement = (
        f"SELECT {', '.join(f'one.{column}' for column in columns)}, array_to_string(ARRAY("  # noqa: S608
        f"SELECT name.signatory_id FROM signatories_namekey name {joined} WHERE {same} LIMIT %s), ' ')"
        f" FROM unnest({lists}) AS one ({', '.join(columns)})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [most, *map(list, zip(*sought, strict=True))])
        return {tuple(key): filed.split() for *key, filed in cursor.fetchall()}


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for *key, pk in rows:
        found[tuple(key)].append(str(pk))
    return found


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
