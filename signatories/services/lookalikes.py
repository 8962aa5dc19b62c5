"""Whether whoever signs may be on the letter already: asked of what its page shows, and of nothing else."""

from __future__ import annotations

import time
from functools import lru_cache

from letters.models import Letter
from signatories.matching import Index, Known
from signatories.models import Line, Signatory
from signatories.models.querysets import SignatoryQuerySet

MOST = 3  # a question with more answers is not read
LOOKED_UP = 10  # some may have left the roll since the index was made
KEPT = 300  # seconds: 10,000 names take more than one to make ready, and there are vetters behind this question


def listed_like(letter: Letter, line: Line) -> list[Line]:
    """The organizations on the public roll whose name is near that of `line` in either of its forms, nearest first.

    Pending, withheld and declined ones are not looked at, so that answer and effort tell nothing about them.
    """
    index = _index(letter.pk, letter.slug, int(time.time() // KEPT))
    known = Known("", line.name, line.acronym, line.second_name, line.country)
    nearest = [match.key for match in index.near(known, LOOKED_UP)]
    still_there = {str(one.pk): one.line for one in _roll(letter.pk).filter(pk__in=nearest).with_line_only()}
    return [still_there[key] for key in nearest if key in still_there][:MOST]


@lru_cache(maxsize=8)
def _index(letter_id: int, slug: str, period: int) -> Index:
    rows = _roll(letter_id).order_by("pk").values_list("pk", "name", "acronym", "second_name", "country")
    return Index(Known(str(pk), *line) for pk, *line in rows)


def _roll(letter_id: int) -> SignatoryQuerySet:
    listed = Signatory.objects.filter(letter=letter_id).listed().public()
    return listed.filter(kind=Signatory.Kind.ORGANIZATION)
