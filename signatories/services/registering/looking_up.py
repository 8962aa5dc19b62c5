"""Which organizations of the register a name may be: by the keys that services.filing keeps of public names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from signatories.matching import Face, Match, Verdict, face, judge
from signatories.models import Appearance, Line, NameKey, Signatory
from signatories.models.lines import LINE
from signatories.services.name_keys import CROWD, as_known, likeliest, stable_keys

LOADED = 30  # for each that is wanted, of what is found under the keys; an organization is there once for each letter
COMPARED = 15  # different lines among them


@dataclass(frozen=True)
class Hit:
    """An organization of the register, as it stands on one public roll: `line` is the likeliest of those it has.

    `is_same` where nobody needs to be asked: one name, and one country.
    """

    organization: int
    origin: int
    line: Line
    match: Match
    is_same: bool


def known(lines: Sequence[Line], limit: int = 3, *, outside: Sequence[int] = ()) -> list[list[Hit]]:
    """For each line those of the register that it is or may be, the likeliest first; in two queries.

    `outside` has for each line the letter of which nothing counts: what stands on it is another question.
    """
    if not settings.REGISTER or not lines:
        return [[] for _ in lines]
    faces = [face(as_known(line)) for line in lines]
    sought: list[set[tuple[int, ...]]] = [{(key,) for key in stable_keys(one, sought=True)} for one in faces]
    filed = NameKey.objects.of_register(set().union(*sought), CROWD)
    likely = [likeliest(mine, filed, LOADED * limit) for mine in sought]
    there = _loaded(set().union(*likely))
    found, excluded = [], list(outside) or [0] * len(lines)
    for mine, some, letter in zip(faces, likely, excluded, strict=True):
        rows = [there[pk] for pk in some if pk in there]
        found.append(_judged(mine, [row[1:] for row in rows if row[0] != letter], limit))
    return found


def known_as(signatories: Iterable[Signatory], limit: int = 1) -> dict[UUID, list[Hit]]:
    """For a page of sign-ons, by primary key: what the register knows of each from other letters."""
    organizations = [one for one in signatories if not one.is_individual and not one.erased_at]
    letters = [one.letter_id for one in organizations]
    found = known([one.line for one in organizations], limit, outside=letters)
    return {one.pk: hits for one, hits in zip(organizations, found, strict=True)}


def _judged(mine: Face, rows: list[tuple[int, int, Line]], limit: int) -> list[Hit]:
    """The likeliest line of each organization."""
    best: dict[int, Hit] = {}
    for organization, origin, line in list(dict.fromkeys(rows))[:COMPARED]:
        match = judge(mine, _public_face(line))
        is_same = match.verdict is Verdict.SAME and mine.known.country == line.country
        hit = Hit(organization, origin, line, match, is_same)
        if match.verdict is Verdict.DIFFERENT:
            continue
        if organization not in best or _rank(hit) < _rank(best[organization]):
            best[organization] = hit
        if is_same and limit == 1:  # what is filed under fewer of its keys is no better
            return [hit]
    return sorted(best.values(), key=_rank)[:limit]


@lru_cache(maxsize=4096)
def _public_face(line: Line) -> Face:
    """Kept, since a vetter looks at one queue again and again; nothing withheld is in the register."""
    return face(as_known(line))


def _rank(hit: Hit) -> tuple[bool, int, int, int]:
    return not hit.is_same, -hit.match.verdict, -hit.match.score, hit.organization


def _loaded(keys_of: set[UUID]) -> dict[UUID, tuple[int, int, int, Line]]:
    """(letter, organization, origin, line) by sign-on."""
    rows = Appearance.objects.shown().filter(pk__in=keys_of)
    columns = [f"signatory__{part}" for part in LINE]
    columns = ["signatory__letter_id", "organization_id", "origin_id", *columns]
    return {
        pk: (letter, organization, origin, Line(*line))
        for pk, letter, organization, origin, *line in rows.values_list("pk", *columns)
    }
