"""Acronyms: which pieces of a name are one, and of which words one can be made."""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern

from signatories.matching import places, words
from signatories.matching.cutting import Piece
from signatories.matching.letters import UNSPACED, plain

ROMAN = {"II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "XI": "11", "XII": "12"}
LONGEST_ACRONYM = 10


def acronyms_apart(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces that are acronyms, and those that are not, or all where nothing else is there."""
    everything = [word for piece in pieces for word in piece.written]
    has_case = any(word[1:].lower() != word[1:].upper() and not word.isupper() for word in everything if len(word) > 3)
    acronyms: list[Piece] = []
    full: list[Piece] = []
    for piece in pieces:
        others = [word for other in pieces if other is not piece for word in other.written]
        (acronyms if _is_acronym(piece.written, others, has_case) else full).append(piece)
    if full:
        full = _without_bare_acronym(full, acronyms)
    return acronyms, full or acronyms


def _is_acronym(written: list[str], others: list[str], has_case: bool) -> bool:
    joined = "".join(written)
    if not 2 <= len(joined) <= LONGEST_ACRONYM + 2 or UNSPACED.search(joined) or len(written) > 4:
        return False
    if len(written) == 1 and others and len(joined) >= 3 and spells(plain(joined), others):
        return True
    if places.CAPITALS.get(joined) or (len(written) == 1 and joined in ROMAN):
        return False
    capitals = sum(map(str.isupper, joined))
    if len(written) > 1 and any(len(word) > 5 or not (word.isupper() or word.isdigit()) for word in written):
        return (
            len(joined) <= LONGEST_ACRONYM and capitals >= 3 and len(written) == 2 and len(min(written, key=len)) == 1
        )
    return (
        capitals >= 2 and capitals * 2 >= len(joined) - 1 and (has_case or len(written) == len(others + written) == 1)
    )


def _without_bare_acronym(full: list[Piece], acronyms: list[Piece]) -> list[Piece]:
    """ "MSF Médecins Sans Frontières": capitals that are the initials of the words beside them."""
    first = full[0]
    for place in (0, -1):
        word = first.written[place]
        rest = first.written[1:] if place == 0 else first.written[:-1]
        if len(rest) >= 2 and len(word) >= 3 and word.isupper() and plain(word) in initials_of(rest):
            acronyms.append(Piece("bracket", [word], set()))
            return [Piece(first.opened, rest, first.forms), *full[1:]]
    return full


def spells(acronym: str, written: list[str], most_skipped: int = 9) -> bool:
    """Whether beginnings of the words, in order, make up the acronym: Provea, PROgrama VEnezolano ... Acción.

    No word gives more than four letters, most words of weight give one, and one word alone makes no acronym.
    """
    told = [small for word in written if (small := plain(word)) not in words.small()]
    if len(told) < 2 or len(acronym) > 12:
        return False
    reached = {(0, 0)}  # how many letters are made up, of how many words
    for word in told:
        reached |= {
            (at + length, used + 1)
            for at, used in reached
            for length in range(1, min(4, len(word), len(acronym) - at) + 1)
            if word[:length] == acronym[at : at + length]
        }
    return any(at == len(acronym) and used >= 2 and len(told) - used <= min(used, most_skipped) for at, used in reached)


def initials_of(written: list[str]) -> tuple[str, ...]:
    """First letters of all words, of those of weight, and with the capitals inside them: WordPress is WP."""
    if len(written) < 2 or len(written) > 12:
        return ()
    plains = [(word, plain(word)) for word in written]
    humps = "".join(
        plain("".join(letter for at, letter in enumerate(word) if not at or (letter.isupper() and not word.isupper())))
        for word, small in plains
        if small not in words.small()
    )
    every = "".join(small[:1] for _, small in plains)
    told = "".join(small[:1] for _, small in plains if small not in words.small())
    return interned(found for found in (every, told, humps) if 3 <= len(found) <= LONGEST_ACRONYM)


def interned(found: Iterable[str]) -> tuple[str, ...]:
    """A small set in less memory: there are a hundred thousand of them."""
    return tuple(sorted(set(map(intern, found))))
