"""The roll: listed signatories in the order and groups in which they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import count, repeat
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from letters import areas, collation
from letters.document import (
    CONTINUOUS,
    COUNTRY,
    INITIATORS,
    KIND,
    NONE,
    REGION,
    SCOPE,
    UNNUMBERED,
    Arrangement,
    Roll,
    RollGroup,
    RollLine,
)
from signatories import countries, names

INDIVIDUAL = "individual"  # as in models.vocabulary.Kind
ORGANIZATION = "organization"
SCOPES = {  # as in models.vocabulary.Scope, in printing order
    "international": _("International organizations"),
    "regional": _("Regional organizations"),
    "national": _("National organizations"),
    "local": _("Local organizations"),
    "": _("Other organizations"),  # that came in a list, which says nothing of it
}
KINDS = {ORGANIZATION: _("Organizations"), INDIVIDUAL: _("Individuals")}
FIRST = _("Initiators")


class Entry(NamedTuple):
    """One printed signatory: the columns of its line, and what decides where it stands."""

    name: str
    acronym: str = ""
    country: str = ""
    second_name: str = ""
    reading: str = ""
    affiliation: str = ""
    kind: str = ORGANIZATION
    scope: str = ""
    is_initiator: bool = False


def entry(*columns: Any) -> Entry:
    """From the columns of a row, which may be older than the rule that no acronym is printed twice."""
    read = Entry(*columns)
    return read._replace(acronym=names.beside(read.name, read.acronym)) if read.acronym else read


Groups = tuple[RollGroup, ...]
Known = tuple[str, str]  # a name and its country
Place = Callable[[Entry], tuple[bytes | str, ...]]
Heading = tuple[str, str]  # `by` and `code` of a RollGroup


def build(
    entries: Iterable[Entry],
    *,
    withheld: int,
    language: str,
    as_of: datetime,
    arrangement: Arrangement = Arrangement(),  # noqa: B008 - frozen
    is_kept: bool = True,
) -> Roll:
    """Order and group entries as `arrangement` has it, organizations and individuals apart.

    Names, and headings but for scopes, stand as `language` (BCP 47) sorts them: a name by its reading if it has one,
    else without its article if the arrangement skips those. International comes before regions, these before
    countries, and initiators before all. Numbers run on from organizations to individuals, or begin anew under each
    heading.
    The same entries in any order give the same roll. Of names that are withheld nothing `is_kept` in memory.
    """
    arranged = _arranged_lately if is_kept else _arranged
    groups, individuals = arranged(tuple(entries), language, arrangement, is_kept)
    codes = {group.country(line) for group in (*groups, *individuals) for line in group.lines}
    return Roll(
        groups=groups,
        organizations=_number(groups),
        countries=sum(bool(code) and not countries.is_wider(code) for code in codes),
        withheld=withheld,
        as_of=as_of,
        individuals=individuals,
        persons=_number(individuals),
        arrangement=arrangement,
    )


def told_in(roll: Roll, language: str, *, is_kept: bool = True) -> Roll:
    """The same lines for readers of another language: countries named in it, and all sorted as it sorts."""
    entries = [_entry(*one) for one in roll.every()]
    told = build(
        entries,
        withheld=roll.withheld,
        language=language,
        as_of=roll.as_of,
        arrangement=roll.arrangement,
        is_kept=is_kept,
    )
    return replace(told, departures=roll.departures)


def printed(roll: Roll) -> dict[Known, RollLine]:
    """Its lines by name, folded, and country: so a spelling mended since is no other name."""
    return {_folded(known): line for known, line in named(roll).items()}


def changes(then: Roll, now: Roll) -> tuple[list[RollLine], list[RollLine]]:
    """The lines that came and those that went, each in its roll's order. One that was written anew is in both, unless
    only its spelling was mended."""
    is_now = named(now)
    came, left = compared(named(then), is_now)
    return [line for known, line in is_now.items() if known in came], left


def named(roll: Roll) -> dict[Known, RollLine]:
    """Its lines by name and country, in its order."""
    return {(line.name, group.country(line)): line for _side, group, line in roll.every()}


def compared(was: Mapping[Known, RollLine], is_now: Mapping[Known, Any]) -> tuple[set[Known], list[RollLine]]:
    """Who came, by name and country, and the lines of those that went; see `changes`."""
    new, gone = is_now.keys() - was.keys(), [known for known in was if known not in is_now]
    before, after = {_folded(known) for known in gone}, {_folded(known) for known in new}
    came = {known for known in new if _folded(known) not in before}
    return came, [was[known] for known in gone if _folded(known) not in after]


def lines_of(entries: Iterable[Entry], language: str) -> list[RollLine]:
    """Their lines in one list, sorted as `language` sorts them, without numbers."""
    order = Arrangement(group_by=NONE, numbering=UNNUMBERED)
    groups, individuals = _arranged_lately(tuple(entries), language, order, True)
    return [line for group in (*groups, *individuals) for line in group.lines]


def _folded(known: Known) -> Known:
    return names.fold(known[0]), known[1]


def _arranged(
    entries: tuple[Entry, ...], language: str, arrangement: Arrangement, is_kept: bool
) -> tuple[Groups, Groups]:
    """Organizations and individuals."""
    sides = [[one for one in entries if (one.kind == INDIVIDUAL) is side] for side in (False, True)]
    place = _place(language, arrangement, is_kept)
    organizations = tuple(_groups(sides[0], language, arrangement, place))
    return organizations, tuple(_groups(sides[1], language, arrangement, place, after=_number(organizations)))


_arranged_lately = lru_cache(maxsize=8)(_arranged)  # pages ask every second; sorting 10,000 names takes a third of one


def _groups(
    entries: Iterable[Entry], language: str, arrangement: Arrangement, place: Place, *, after: int = 0
) -> Iterator[RollGroup]:
    """`after`: how many lines stand before these."""
    under: dict[Heading, list[Entry]] = defaultdict(list)
    for one in entries:
        under[_heading(one, arrangement)].append(one)
    titles = {heading: _title(*heading, language) for heading in under}
    if set(under) == {(SCOPE, "")}:  # other than none
        titles[SCOPE, ""] = ""
    for by, code in sorted(under, key=lambda heading: _rank(heading, titles[heading], language)):
        numbers = _numbers(arrangement.numbering, after)
        chosen = sorted(under[by, code], key=place)
        after += len(chosen)
        yield RollGroup(code, titles[by, code], tuple(_line(one, by, language, next(numbers)) for one in chosen), by)


def _heading(one: Entry, arrangement: Arrangement) -> Heading:
    if one.is_initiator and one.kind != INDIVIDUAL and arrangement.initiators_first:
        return INITIATORS, ""
    if arrangement.group_by == COUNTRY:
        return COUNTRY, one.country
    if arrangement.group_by == REGION:
        return REGION, areas.region(one.country)
    if arrangement.group_by == KIND:
        return KIND, one.kind
    if arrangement.group_by == SCOPE and one.kind != INDIVIDUAL:
        return SCOPE, one.scope
    return NONE, ""


def _title(by: str, code: str, language: str) -> str:
    if by in (COUNTRY, REGION) and (by == COUNTRY or code == areas.WORLD):
        return countries.name(code, language)
    if by == REGION:
        return areas.name(code, language)
    with translation.override(language):
        return str({INITIATORS: FIRST, KIND: KINDS.get(code, ""), SCOPE: SCOPES.get(code, "")}.get(by, ""))


def _rank(heading: Heading, title: str, language: str) -> tuple[bool, int, bytes, str]:
    by, code = heading
    place = [*SCOPES].index(code) if by == SCOPE else areas.rank(code)
    return by != INITIATORS, place, collation.key(title, language), code


def _place(language: str, arrangement: Arrangement, is_kept: bool) -> Place:
    key = collation.key if is_kept else collation.key.__wrapped__
    without_article = collation.without_article if is_kept else collation.without_article.__wrapped__

    def sorted_by(one: Entry) -> str:
        return one.reading or (without_article(one.name, language) if arrangement.skips_articles else one.name)

    def place(one: Entry) -> tuple[bytes | str, ...]:
        own = (one.acronym, one.second_name, one.affiliation, one.country)
        return key(sorted_by(one), language), key(one.name, language), *own

    return place


def _line(one: Entry, by: str, language: str, number: int) -> RollLine:
    where = ("", "") if by == COUNTRY else (one.country, countries.name(one.country, language))
    return RollLine(one.name, one.acronym, one.second_name, one.reading, one.affiliation, *where, number)


def _numbers(numbering: str, after: int) -> Iterator[int]:
    """For the lines under one heading, with so many before it."""
    if numbering == UNNUMBERED:
        return repeat(0)
    return count(after + 1 if numbering == CONTINUOUS else 1)


def _entry(is_individual: bool, group: RollGroup, line: RollLine) -> Entry:
    """What a line was made of; of the scope, what its heading tells."""
    return Entry(
        *(line.name, line.acronym, group.country(line), line.second_name, line.reading, line.affiliation),
        kind=INDIVIDUAL if is_individual else ORGANIZATION,
        scope=group.code if group.by == SCOPE else "",
        is_initiator=group.by == INITIATORS,
    )


def _number(groups: Groups) -> int:
    return sum(len(group.lines) for group in groups)
