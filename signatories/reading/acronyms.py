"""Which letters stand for which name. Everything here is about one entry of a list, see entries.py."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from signatories.matching.letters import script
from signatories.reading.places import STATES

NO_CAPITALS = ("HANGUL", "CJK")
LONGEST_CONTRACTION = 5

LONGEST = 14
CAPITALS = re.compile(r"^(?=.*[^\W\d_])[\w.&/+'’-]+$")
WORD = re.compile(r"[^\W_]+")
DOTTED = re.compile(r"^(?:[^\W\d_]\.){2,}[^\W\d_]?\.?$")
ARABIC_ARTICLE = re.compile(r"^(?:و?ال|لل)(?=\w{2})")
LONGEST_NAME = 300
LEAST = 3  # words that letters must begin, where they are not all capitals


def is_capitals(token: str) -> bool:
    """One word, all capitals, perhaps with digits and dots: EFF, D64, S.T.O.P., ISOC.DE, FORUM-ASIA."""
    return (
        2 <= len(token) <= LONGEST
        and bool(CAPITALS.match(token))
        and all(char.isupper() for char in token if char.isalpha())
    )


def looks_like_one(token: str) -> bool:
    """One word with several capitals, as stands in brackets: BITMi, DHnet, IP.rec, J-CaRM, CPT NE 2."""
    words = token.split()
    if not words or len(token) > LONGEST or len(words) > 3:
        return False
    if len(words) > 1:
        return all(word.isdigit() or is_capitals(word) for word in words)
    return sum(char.isupper() for char in token) >= 2 and bool(CAPITALS.match(token))


@lru_cache(maxsize=5_000)
def fits(acronym: str, name: str) -> int:
    """How many words of the name the letters begin, in their order; 0 if there is a letter left over.

    A letter may begin the next word or come from inside the word that is open: Idec, *I*nstituto Brasileiro de
    *De*fesa do *C*onsumidor. The first letter begins a word.
    """
    if len(acronym) > LONGEST or len(name) > LONGEST_NAME:
        return 0
    letters = _plain(acronym)
    words = [_plain(ARABIC_ARTICLE.sub("", word)) for word in WORD.findall(name)]
    return _fit(letters, words) if len(letters) > 1 and len(words) > 1 else 0


def _plain(text: str) -> str:
    bare = text if text.isascii() else unicodedata.normalize("NFD", text)
    return "".join(char for char in bare.lower() if char.isalnum())


def _fit(letters: str, words: list[str]) -> int:
    """The most words begun, over all ways; by a small table: letter, word, place in the word."""
    best: dict[tuple[int, int], int] = {}  # (word, place behind the letter): words begun
    for at, letter in enumerate(letters):
        following: dict[tuple[int, int], int] = {}
        for number, word in enumerate(words):
            begun = max((count for (other, _), count in best.items() if other < number), default=0 if at == 0 else -1)
            if word[0] == letter and begun >= 0:
                following[number, 1] = begun + 1
        for (number, place), count in best.items():
            behind = words[number].find(letter, place)
            if behind >= 0 and following.get((number, behind + 1), 0) < count:
                following[number, behind + 1] = count
        best = following
        if not best:
            return 0
    return max(best.values())


def stands_for(token: str, name: str) -> bool:
    """Whether the letters are made from the name, beyond chance: three words begun, or each capital one."""
    if script(token) in NO_CAPITALS and script(name) == script(token):
        return _is_contraction(token, name)
    begun = fits(token, name)
    capitals = sum(char.isupper() for char in token)
    if begun >= LEAST and len(_plain(token)) <= 3 * begun:
        return True
    return begun >= 2 and capitals >= 2 and token == token.upper()


def _is_contraction(token: str, name: str) -> bool:
    """국평연 for 국제평화연대: few signs of the name in their order, beginning with its first."""
    rest = iter(name)
    is_short = 2 <= len(token) <= LONGEST_CONTRACTION and 2 * len(token) <= len(name)
    return is_short and token[0] == name[0] and all(sign in rest for sign in token)


def is_state(token: str) -> bool:
    return token in STATES


def is_one(token: str, name: str) -> bool:
    """Whether `token`, set apart from the name by a dash, a comma or brackets, is its acronym."""
    token = token.strip()
    if not token or len(token) > LONGEST:
        return False
    if len(token) == 2 or is_state(token):
        return fits(token, name) >= 2 and (not is_state(token) or _initials(name).startswith(token.lower()))
    return is_capitals(token) or (looks_like_one(token) and " " in token) or stands_for(token, name)


def _initials(name: str) -> str:
    return "".join(_plain(word[0]) for word in WORD.findall(name) if word[0].isupper())
