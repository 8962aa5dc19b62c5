"""The roll: listed signatories in the order and groups in which they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from letters.document import Roll, RollGroup, RollLine
from signatories import countries, names


def build(lines: Iterable[tuple[str, str, str]], *, withheld: int, language: str, as_of: datetime) -> Roll:
    """Group (name, acronym, country code) triples by country.

    International comes first, then regions, then countries, each sorted as `language` (BCP 47) sorts; names within a
    country likewise.
    The same lines in any order give the same roll.
    """
    key = names.sort_key(language)
    by_country: dict[str, list[RollLine]] = defaultdict(list)
    for name, acronym, country in lines:
        by_country[country].append(RollLine(name, acronym))
    titles = {code: countries.name(code, language) for code in by_country}
    order = sorted(by_country, key=lambda code: (countries.rank(code), key(titles[code]), code))
    groups = tuple(
        RollGroup(code, titles[code], tuple(sorted(by_country[code], key=lambda line: (key(line.name), line.acronym))))
        for code in order
    )
    return Roll(
        groups=groups,
        organizations=sum(len(group.lines) for group in groups),
        countries=sum(not countries.is_wider(code) for code in by_country),
        withheld=withheld,
        as_of=as_of,
    )


def told_in(roll: Roll, language: str) -> Roll:
    """The same lines for readers of another language: countries named in it, and all sorted as it sorts."""
    lines = [(line.name, line.acronym, group.code) for group in roll.groups for line in group.lines]
    return build(lines, withheld=roll.withheld, language=language, as_of=roll.as_of)
