"""The words of two names side by side: which of them are partners, and which have none."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import OSA

from signatories.matching import words
from signatories.matching.known import Kind
from signatories.matching.letters import UNSPACED, script
from signatories.matching.reading import Side, sounds

SHORTEST_TYPO, SHORTEST_OTHER_LETTER, LONG = 5, 6, 10  # letters of a word with one left out, one replaced, two wrong
MOST_TYPOS = 2  # words
MOST_FORMS = 4  # words of either that are not letter by letter in the other
SHORTEST_SOUND = 3  # consonants of a name said in another script


def align(mine: Side, theirs: Side) -> tuple[int, Kind, list[str], list[str]] | None:
    """(score, kind, words only of mine, only of theirs), or None where too little is shared."""
    if mine.script != theirs.script and mine.script and theirs.script:
        return _said_alike(mine, theirs)
    left, right = [w for w in mine.words if w not in theirs.words], [w for w in theirs.words if w not in mine.words]
    if not left and not right:
        return 92, Kind.WORD_ORDER, left, right
    if UNSPACED.search(mine.words[0]):
        return _jamo(mine, theirs)
    if min(len(left), len(right)) > MOST_FORMS or (_is_alone(left, right) and _is_alone(right, left)):
        return None
    equal = len(mine.words) - len(left)
    kind, score, typos = Kind.WORD_ORDER, 92, 0
    for distance, one, other in sorted(_pairs(left, right), key=lambda pair: (pair[0], *sorted(pair[1:]))):
        if one not in left or other not in right:
            continue
        left.remove(one)
        right.remove(other)
        typos += distance > 0
        kind, score = (Kind.LETTERS, min(score, 84)) if distance or kind is Kind.LETTERS else (Kind.INFLECTION, 88)
    left = [word for word in left if not _repeats(word, mine.words)]
    right = [word for word in right if not _repeats(word, theirs.words)]
    if left and right and "".join(left) == "".join(right):
        left, right, kind, score = [], [], Kind.SPACES, 90
    if typos > MOST_TYPOS or (typos and not _enough(equal, mine, theirs)) or not (equal or kind is not Kind.WORD_ORDER):
        return None
    return score, kind, left, right


def _is_alone(some: list[str], others: list[str]) -> bool:
    """Whether a word that tells something begins like none of the others, so that it can have no partner."""
    letters = {word[0] for word in others}
    return any(word[0] not in letters and word[0] != "=" and not words.is_spared(word) for word in some)


def _enough(equal: int, mine: Side, theirs: Side) -> bool:
    return equal > 0 or min(len(mine.words[0]), len(theirs.words[0])) >= 8


def _repeats(word: str, own: tuple[str, ...]) -> bool:
    """advogadas e advogados: both forms of one word."""
    first = word[0]
    return first not in "=+" and any(other[0] == first and other != word and inflected(word, other) for other in own)


def _pairs(left: list[str], right: list[str]) -> list[tuple[int, str, str]]:
    return [
        (distance, one, other) for one in left for other in right if (distance := _distance(one, other)) is not None
    ]


def _distance(one: str, other: str) -> int | None:
    """0 for forms of one word, the letters that differ in a misspelling, None for two words."""
    if one[0] in "=+" or other[0] in "=+" or not (one.isalpha() and other.isalpha()):
        return None
    if one in words.synonyms() and words.synonyms()[one] == words.synonyms().get(other):
        return 0
    if one[0] != other[0]:
        return None
    if inflected(one, other):
        return 0
    shorter = min(len(one), len(other))
    if shorter < SHORTEST_TYPO:
        return None
    distance = int(OSA.distance(one, other, score_cutoff=2))
    if distance > (2 if shorter >= LONG else 1):
        return None
    if distance == 1 and len(one) == len(other) < SHORTEST_OTHER_LETTER and sorted(one) != sorted(other):
        return None
    return distance


def _said_alike(mine: Side, theirs: Side) -> tuple[int, Kind, list[str], list[str]] | None:
    some, others = sounds(mine.plain), sounds(theirs.plain)
    if len("".join(some)) < SHORTEST_SOUND or len("".join(others)) < SHORTEST_SOUND:
        return None
    if "".join(some) == "".join(others):
        return 86, Kind.SCRIPT, [], []
    if len(some) != len(others) or len(some) < 2:
        return None
    wrong = sum(int(OSA.distance(one, other)) for one, other in zip(sorted(some), sorted(others), strict=True))
    least = min(len("".join(some)), len("".join(others)))
    return (78, Kind.SCRIPT, [], []) if wrong * 5 <= least else None


def _jamo(mine: Side, theirs: Side) -> tuple[int, Kind, list[str], list[str]] | None:
    if mine.script == theirs.script == "HANGUL":
        one, other = (unicodedata.normalize("NFD", "".join(side.words)) for side in (mine, theirs))
        if min(len(one), len(other)) >= 16 and OSA.distance(one, other) <= 1:
            return 82, Kind.LETTERS, [], []
    return None


def inflected(one: str, other: str) -> bool:
    """Whether two plain words may be forms of one: they begin alike, and end in what nouns and adjectives end in."""
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    if shared < 4 and not (shared == 3 and min(len(one), len(other)) == 3 and script(one) != "LATIN"):
        return False
    return one[shared:] in words.inflections() and other[shared:] in words.inflections()
