"""Whether two organizations are one: by their names, then by what else is known of them.

Two names are one where every word of the one has its partner in the other, after what tells nothing is set aside (small
words, legal forms, acronyms, taglines) and for forms and misspellings of a word. One word more that tells something, be
it a country, "youth" or "blog", makes another organization.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from signatories.matching import words
from signatories.matching.acronyms import spells
from signatories.matching.aligning import align
from signatories.matching.known import Kind, Known, Reason
from signatories.matching.letters import plain
from signatories.matching.reading import Reading, Side

SHORTEST_SYLLABLES = 5  # letters of an acronym made of more than initials, where the name does not give it
INITIALS_BESIDE_A_NAME = 4  # letters: three fit too many
TAGLINE = 3  # words


@dataclass(frozen=True, slots=True)
class Found:
    score: int
    reasons: tuple[Reason, ...]
    same: bool = False


NOTHING = Found(0, ())


def rank(found: Found) -> tuple[bool, int, str]:
    return found.same, found.score, "".join(reason.kind.value for reason in found.reasons)


def better(one: Found, other: Found) -> Found:
    """The one of higher rank, the first of equals. Most of what is compared is nothing, which needs no ranking."""
    if other is NOTHING:
        return one
    return other if one is NOTHING or rank(other) > rank(one) else one


def compared(one: Reading, other: Reading, a: Known, b: Known) -> Found:
    if one.strict == other.strict:
        return Found(100, (Reason(Kind.NAME),), same=not _acronyms_clash(a, b))
    if set(one.looks) & set(other.looks):
        return Found(98, (Reason(Kind.LOOKS),))
    return better(_by_words(one, other, a, b), _by_acronym(one, other))


def _acronyms_clash(a: Known, b: Known) -> bool:
    return bool(a.acronym and b.acronym) and plain(a.acronym) != plain(b.acronym)


def _by_acronym(one: Reading, other: Reading) -> Found:
    if not (one.acronyms or other.acronyms or one.is_acronym or other.is_acronym):
        return NOTHING
    shared = {acronym for acronym in one.acronyms if acronym in other.acronyms and len(acronym) >= 3}
    if one.is_acronym and other.is_acronym:
        return Found(88, (Reason(Kind.ACRONYM, min(shared)),)) if shared else NOTHING
    for short, full in ((one, other), (other, one)):
        if len(short.parts) == 1 and len(whole := "".join(short.parts[0].plain)) >= 2 and whole in full.acronyms:
            return Found(80, (Reason(Kind.ACRONYM, whole),))
        if (
            short.is_acronym
            and not full.acronyms
            and len(short.joined) >= SHORTEST_SYLLABLES
            and _is_spelled(short, full)
        ):
            return Found(66, (Reason(Kind.INITIALS, short.joined),))
        if (
            short.is_acronym
            and (fitting := set(short.acronyms) & set(full.initials))
            and not _own_acronym(full, fitting)
        ):
            return Found(70, (Reason(Kind.INITIALS, min(fitting)),))
    if one.is_acronym or other.is_acronym:
        return NOTHING
    return _translated(one, other, shared)


def _is_spelled(short: Reading, full: Reading) -> bool:
    """REMURI, REd de MUjeres RIbereñas: with beginnings of all words of weight."""
    return spells(short.joined, full.accented.split(), most_skipped=0)


def _own_acronym(full: Reading, fitting: set[str]) -> bool:
    return bool(full.acronyms) and not fitting & set(full.acronyms)


def _translated(one: Reading, other: Reading, shared: set[str]) -> Found:
    """One acronym and hardly a word in common: one says it in another language, unless either's own words make it."""
    common = set(one.words) & set(other.words)
    if len(common) > 1 or (one.places and other.places):
        return NOTHING
    for acronym in sorted(shared):
        fits = (acronym in one.initials) + (acronym in other.initials)
        if fits < (1 if common else 2) or (common and fits == 1):
            return Found(62, (Reason(Kind.ACRONYM, acronym),))
    if common:
        return NOTHING
    for mine, theirs in ((one, other), (other, one)):
        fitting = {word for word in mine.acronyms if word in theirs.initials and len(word) >= INITIALS_BESIDE_A_NAME}
        if fitting and not theirs.acronyms and not fitting & set(mine.initials):
            return Found(60, (Reason(Kind.INITIALS, min(fitting)),))
    return NOTHING


def _by_words(one: Reading, other: Reading, a: Known, b: Known) -> Found:
    if one.joined == other.joined:
        return _spelled_alike(one, other)
    here, there = one.places, other.places
    if here and there and not _one_within(here, there):
        return NOTHING
    best = NOTHING
    for mine, theirs in product(one.sides, other.sides):
        if mine.rest and theirs.rest and not _one_within(set(mine.rest_words), set(theirs.rest_words)):
            continue
        best = better(best, _sides_meet(mine, theirs, a, b))
    return best


def _one_within(some: set[str], others: set[str]) -> bool:
    return some <= others or others <= some


def _spelled_alike(one: Reading, other: Reading) -> Found:
    if one.words != other.words:
        return Found(93, (Reason(Kind.SPACES),))
    if one.legal != other.legal:
        return Found(95, (Reason(Kind.LEGAL_FORM, " ".join(sorted(set(one.legal) ^ set(other.legal)))),))
    if one.accented == other.accented:
        return Found(97, (Reason(Kind.ACRONYM, " ".join(sorted(set(one.acronyms) ^ set(other.acronyms)))),))
    small = [list(map(plain, reading.accented.split())) for reading in (one, other)]
    return Found(96, (Reason(Kind.ACCENTS),)) if small[0] == small[1] else Found(94, (Reason(Kind.SMALL_WORDS),))


def _sides_meet(mine: Side, theirs: Side, a: Known, b: Known) -> Found:
    alike = align(mine, theirs)
    if alike is None:
        return NOTHING
    score, kind, left, right = alike
    left = [word for word in left if word not in theirs.rest_words]
    right = [word for word in right if word not in mine.rest_words]
    if (left and (right or theirs.rest)) or (right and mine.rest):
        return NOTHING
    reasons = [Reason(kind)]
    for extra, side, full, known in ((left, mine, theirs, b), (right, theirs, mine, a)):
        added = _may_be_added(extra, side, full, known)
        if added is None:
            return NOTHING
        if extra:
            score -= 15
            reasons.append(added)
    for side, full, known in ((mine, theirs, b), (theirs, mine, a)):
        if only_left_out(side, full):
            left_out = _may_be_left_out(side, full, known)
            if left_out is None:
                return NOTHING
            score -= 12
            reasons.append(left_out)
    if len(reasons) > 1 and kind is Kind.WORD_ORDER:
        reasons = reasons[1:]
    return Found(score, tuple(dict.fromkeys(reasons)))


def _may_be_added(extra: list[str], side: Side, full: Side, known: Known) -> Reason | None:
    """Why the words which only `side` has change nothing, or None: what `known`, the other one, is besides its name."""
    matched = [word for word in side.words if word not in extra]
    for word in extra:
        if word in words.branches() and any(
            one[0] == "=" or one.isdigit() or one[1:] in words.DIRECTIONS for one in matched
        ):
            continue
        if word[0] == "=" and word[1:] == known.country:
            continue
        if word == side.leading and word in words.kinds() and any(_tells(one) for one in matched):
            continue
        return None
    return Reason(Kind.ADDITION, _shown(extra))


def _tells(word: str) -> bool:
    return word[0] not in "=+" and not word.isdigit() and len(word) > 3


def _may_be_left_out(side: Side, full: Side, known: Known) -> Reason | None:
    """Why what `side` leaves out does not make it another organization, or None."""
    rest = only_left_out(side, full)
    here = {word for word in rest if word[0] == "="}
    if any(word in words.branches() for word in rest) and len(rest) <= TAGLINE:
        return None
    if any(word[1:] in words.SIDES for word in rest if word[0] == "+") and len(rest) <= TAGLINE:
        return None
    wide = any(word[0] == "+" and word[1:] in words.WIDE for word in full.words)
    if here and len(rest) <= TAGLINE:
        return None if wide and f"={known.country}" not in here else Reason(Kind.PLACE, _shown(rest))
    if any(word.isdigit() for word in rest) and len(rest) == 1:
        return None
    return Reason(Kind.ADDITION, _shown(rest))


def only_left_out(side: Side, full: Side) -> list[str]:
    return [word for word in side.rest_words if word not in full.words and word not in full.rest_words]


def _shown(rest: list[str]) -> str:
    """Countries stay marked: =KE."""
    return " ".join(word.lstrip("+") for word in rest)
