"""Finding one's way in a long roll: the lines that hold some words, and the same lines in other groups.

Nothing here knows more than the public roll: what is not printed, such as a reading, is sorted by and never searched.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import icu

from letters import areas, collation
from letters.document import COUNTRY, Arrangement, Roll, RollLine

BY = ("country", "region", "kind", "name")  # besides the arrangement of the roll itself
LONGEST = 100  # characters of what is looked for
MOST_WORDS = 8
MARKS = {"Mn", "Me"}
TO_LATIN = "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"  # UTS #35, transforms of CLDR


@dataclass(frozen=True)
class Signed:
    """A line with what stands around it on the roll: its country's code and name, and the heading it stands under."""

    line: RollLine
    code: str
    country: str
    is_individual: bool
    heading: str = ""
    by: str = COUNTRY


@dataclass(frozen=True)
class Section:
    """Lines under one heading, "" for none. `names_countries`: the heading does not say which country each is from.

    `left_out`: how many more there are that `beginning` has cut off.
    """

    title: str
    signed: tuple[Signed, ...]
    is_individuals: bool = False
    names_countries: bool = True
    left_out: int = 0

    @property
    def number(self) -> int:
        return len(self.signed) + self.left_out


def signed(roll: Roll) -> tuple[Signed, ...]:
    """All lines, in the order of the roll."""
    return tuple(
        Signed(line, group.country(line), group.country_name(line), is_individual, group.title, group.by)
        for is_individual, group, line in roll.every()
    )


def matching(all_signed: Iterable[Signed], words: str) -> list[Signed]:
    """Those whose line or country holds each of the words, or the beginning, middle or end of one that does.

    Accents, capitals and punctuation do not count. Words in Latin letters also find what is written in another script,
    by its transliteration: "memorial" finds "Мемориал".
    """
    asked = [(word, _latin(word) if word.isascii() or _is_latin(word) else "") for word in _folded(words).split()]
    if not asked:
        return list(all_signed)
    return [one for one in all_signed if _holds(one, asked[:MOST_WORDS])]


def says_something(words: str) -> bool:
    """Whether there is anything to look for: signs and spaces alone find nothing out."""
    return bool(_folded(words))


def grouped(
    all_signed: Iterable[Signed],
    by: str,
    language: str,
    arrangement: Arrangement = Arrangement(),  # noqa: B008 - frozen
) -> list[Section]:
    """The lines in groups: as the roll has them (`by` as in its arrangement), by country, by region, or as one list.

    `language` (BCP 47) names the regions and sorts. Organizations come before individuals but in the list by name.
    """
    every = list(all_signed)
    if by == arrangement.group_by:
        return list(_as_printed(every))
    order = _Order(language, arrangement.skips_articles)
    if by == "name":
        return _sections([Section("", order.of(every))])
    sides = [[one for one in every if not one.is_individual], [one for one in every if one.is_individual]]
    made = {"country": _by_country, "region": _by_region}.get(by, _by_kind)
    return _sections(section for side in sides for section in made(side, order))


def beginning(sections: Iterable[Section], most: int) -> list[Section]:
    """The first `most` lines in the order they are shown in; a section that is cut still says its number."""
    shown = []
    for section in sections:
        if most <= 0:
            break
        shown.append(replace(section, signed=section.signed[:most], left_out=max(len(section.signed) - most, 0)))
        most -= len(section.signed)
    return shown


@dataclass(frozen=True)
class _Order:
    """How lines are sorted where the roll itself does not say it."""

    language: str
    skips_articles: bool

    def of(self, every: Iterable[Signed]) -> tuple[Signed, ...]:
        return tuple(sorted(every, key=self._place))

    def _place(self, one: Signed) -> tuple[bytes, bytes, str]:
        name = one.line.name
        bare = collation.without_article(name, self.language) if self.skips_articles else name
        return self.key(one.line.reading or bare), self.key(name), one.code

    def key(self, name: str) -> bytes:
        return collation.key(name, self.language)


def _as_printed(every: list[Signed]) -> Iterator[Section]:
    for (heading, by, is_individual), some in groupby(every, key=lambda one: (one.heading, one.by, one.is_individual)):
        yield Section(heading, tuple(some), is_individual, names_countries=by != COUNTRY)


def _by_country(side: list[Signed], order: _Order) -> Iterator[Section]:
    groups: dict[tuple[str, str], list[Signed]] = defaultdict(list)
    for one in side:
        groups[one.code, one.country].append(one)
    for code, title in sorted(groups, key=lambda at: (areas.rank(at[0]), order.key(at[1]), at[0])):
        yield Section(title, order.of(groups[code, title]), side[0].is_individual, names_countries=False)


def _by_region(side: list[Signed], order: _Order) -> Iterator[Section]:
    groups: dict[str, list[Signed]] = defaultdict(list)
    for one in side:
        groups[areas.region(one.code)].append(one)
    titles = {code: areas.name(code, order.language) for code in groups if code != areas.WORLD}
    if world := groups.get(areas.WORLD):  # as the roll calls it, and before the others
        called = next((one.country for one in world if one.code == areas.WORLD), "")
        yield Section(called, order.of(world), side[0].is_individual, names_countries=False)
    for code in sorted(titles, key=lambda code: order.key(titles[code])):
        yield Section(titles[code], order.of(groups[code]), side[0].is_individual)


def _by_kind(side: list[Signed], order: _Order) -> Iterator[Section]:
    if side:
        yield Section("", order.of(side), side[0].is_individual)


def _sections(made: Iterable[Section]) -> list[Section]:
    return [section for section in made if section.signed]


def _holds(one: Signed, asked: list[tuple[str, str]]) -> bool:
    line = one.line
    sides = (_said(" ".join((line.name, line.acronym, line.second_name, line.affiliation))), _said(one.country))
    return all(
        any(word in plain or (in_latin and in_latin in latin) for plain, latin in sides) for word, in_latin in asked
    )


@lru_cache(maxsize=50_000)
def _said(printed: str) -> tuple[str, str]:
    """What it can be found by. Kept, since transliterating costs more than all the rest, and lines seldom change."""
    return _folded(printed), _latin(printed)


def _folded(text: str) -> str:
    """Without accents and capitals (NFKD, Unicode 3.13), signs as spaces."""
    bare = (char for char in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(char) not in MARKS)
    return " ".join("".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in bare).split())


def _latin(text: str) -> str:
    return _folded(str(_transliterator().transliterate(text)))


@lru_cache(maxsize=1)
def _transliterator() -> icu.Transliterator:
    return icu.Transliterator.createInstance(TO_LATIN)


def _is_latin(word: str) -> bool:
    return all(icu.Script.getScript(char).getShortName() in {"Latn", "Zyyy"} for char in word)
