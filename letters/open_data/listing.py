"""The roll as text, one signatory a line, to be pasted into a letter, a mail or a page.

A list is pasted into places that know nothing of markup. A line in one direction therefore holds what is seen and
nothing else: an invisible character would be pasted along, spoil searching, and show as a box in old programs. Only
where right-to-left and left-to-right meet in a line, parts would be shown in the wrong order without help: there each
part stands between FSI and PDI (UAX #9, 2.4.2), and only there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from letters.document import Roll, RollGroup, RollLine

FSI, PDI = "\u2068", "\u2069"


def write(roll: Roll, *, comma: str, note: str, withheld: str) -> bytes:
    """Return the list in UTF-8: organizations, then individuals after an empty line, then what is withheld, if any.

    `comma` is the separator of the script; `note` says what the asterisk of an affiliation means; `withheld` is a whole
    line or "".
    """
    persons = _lines(roll.individuals, comma)
    if any(line.affiliation for group in roll.individuals for line in group.lines):
        persons = [*persons, note]
    blocks = [_lines(roll.groups, comma), persons, [withheld] if withheld else []]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block).encode(errors="replace")


def _lines(groups: Iterable[RollGroup], comma: str) -> list[str]:
    return [_one(line, group.country_name(line), comma) for group in groups for line in group.lines]


def _one(line: RollLine, country: str, comma: str) -> str:
    parts = [line.name, line.acronym, line.second_name, line.affiliation, country]
    if len(_directions("".join(parts))) > 1:
        parts = [part and f"{FSI}{part}{PDI}" for part in parts]
    name, acronym, second, affiliation, country = parts
    said = f"{name} ({acronym})" if acronym else name
    if second:
        said += f" – {second}"
    if affiliation:
        said += f"{comma}{affiliation}*"
    numbered = f"{line.number}. {said}" if line.number else said
    return " ".join((f"{numbered}{comma}{country}" if country else numbered).splitlines())


def _directions(text: str) -> set[bool]:
    """Whether characters of the text run right to left: both answers where it mixes them."""
    strong = {unicodedata.bidirectional(character) for character in text} & {"L", "R", "AL"}
    return {direction != "L" for direction in strong}
