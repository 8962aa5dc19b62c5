"""Comparing again what was renamed by hand: with who is on the letter, and with the other rows of the list.

Whoever renames a row has not seen what the new name is like; so nothing is merged here, and what is alike is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from signatories.matching import Index, Match
from signatories.models import Import, ImportRow, Signatory
from signatories.services import filing
from signatories.services.importing.entries import Entry, Near
from signatories.services.importing.reading import COMPARED, NEAREST, as_known, near_of
from signatories.services.signing import identity_hash

NAMED_BY = ("name", "acronym", "second_name", "country")  # what makes a row another organization's
MOST = 12  # rows that are alike

Decision = ImportRow.Decision


def compare_again(of: Import, renamed: Iterable[ImportRow]) -> int:
    """How many rows are to be decided anew. Saves them; in a transaction that holds the list."""
    rows = {row.number: row for row in of.rows.undone()}
    entries = {number: Entry.of(row) for number, row in rows.items()}
    index = Index(as_known(f"r:{number}", entry) for number, entry in entries.items() if entry.name)
    numbers = [row.number for row in renamed]
    on_letter = _on_letter(of, {number: entries[number] for number in numbers})
    asked = set()
    for number in numbers:
        key, entry = f"r:{number}", entries[number]
        found = index.near(as_known(key, entry), MOST) if entry.name else []
        above = [one for one in found if _number(one) < number]
        if _settle(rows[number], entry, [*on_letter[number], *near_of(above)]):
            asked.add(number)
        below = {_number(one): replace(one, key=key) for one in found if _number(one) > number}
        told = {other for other, one in entries.items() if any(near.key == key for near in one.near)}
        for other in sorted(told | below.keys()):
            near = [one for one in Entry.of(rows[other]).near if one.key != key]
            near += near_of([below[other]]) if other in below else []
            if _settle(rows[other], entries[other], near, ended="" if other in below else key):
                asked.add(other)
    return len(asked)


def _on_letter(of: Import, entries: dict[int, Entry]) -> dict[int, list[Near]]:
    """Those of the letter that each row may be: by likeness, and whoever has or had that very name and country."""
    kind = Signatory.Kind.ORGANIZATION
    made = {number: Signatory(letter=of.letter, status=Signatory.Status.CONFIRMED) for number in entries}
    for number, one in made.items():
        one.set_line(entries[number].line, Signatory.Visibility.PUBLIC)
        one.identity_hash = identity_hash(of.letter_id, one.line, kind)
    there = of.letter.signatories.real().filter(status__in=COMPARED, erased_at__isnull=True)
    same = there.filter(identity_hash__in=[one.identity_hash for one in made.values()])
    by_identity = {identity: f"s:{pk}" for pk, identity in same.values_list("pk", "identity_hash")}
    alike = filing.nearest(list(made.values()), NEAREST)
    found = {}
    for number, one in made.items():
        matches = [replace(match, key=f"s:{other.pk}") for other, match in alike[one.pk]]
        exact = [Near(key, True, [["name", ""]])] if (key := by_identity.get(one.identity_hash)) else []
        found[number] = exact + [near for near in near_of(matches) if near.key != key]
    return found


def _settle(row: ImportRow, entry: Entry, near: list[Near], ended: str = "") -> bool:
    """Write what the row is near to; whether it has to be decided anew.

    It has, where it was to be added and something is new in that, or where it was the same as one of another name now.
    """
    near = near[:NEAREST]
    if near == Entry.of(row).near:
        return False
    is_new = bool({one.key for one in near} - {one.key for one in Entry.of(row).near})
    has_ended = bool(ended) and row.decision == Decision.MERGE and f"r:{row.same_as_row}" == ended
    is_asked = has_ended or (row.decision == Decision.ADD and is_new)
    if is_asked:
        row.decision, row.same_as_id, row.same_as_row = Decision.ASK, None, None
    row.sealed = replace(entry, near=near).sealed
    row.save(update_fields=["sealed", "decision", "same_as", "same_as_row"])
    return is_asked


def _number(match: Match) -> int:
    return int(match.key[2:])
