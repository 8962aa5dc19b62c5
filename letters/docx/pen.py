"""Text as runs. Word asks of every run which way it goes and, for many scripts, which font it has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

import icu

from letters.docx.markup import el, words
from letters.pdf import writing

MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
EAST_ASIAN = {"Hani", "Hira", "Kana", "Hang", "Bopo"}
WESTERN_SLOT = {"Armn", "Ethi", "Geor"}  # Word takes their font from where it has that for Latin
COMMON = {"Zyyy", "Zinh", "Zzzz"}  # signs and marks of no script in particular
EUROPEAN = {"Latn", "Grek", "Cyrl"}


class Piece(NamedTuple):
    """A stretch of text in one direction; `script` (ISO 15924) is "" where the paragraph's own fonts will do."""

    text: str
    direction: str
    script: str


@dataclass(frozen=True)
class Look:
    """How a run differs from its paragraph. `size` in half points, 0 for the paragraph's; `style` is the id of one."""

    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: int = 0
    style: str = ""
    sans: bool = False  # the paragraph is set in the sans: which font a foreign script gets
    han: str = ""  # the form of Han characters a name has: Hans, Hant, Jpan, Kore
    is_name: bool = False  # not for the spelling checker


PLAIN = Look()


@dataclass(frozen=True)
class Pen:
    """Writes runs for paragraphs in one language."""

    writing: writing.Writing

    def runs(self, text: str, look: Look = PLAIN) -> list[Any]:
        return [self._run(piece, look) for piece in pieces(text, self.writing)]

    def apart(self, text: str, look: Look = PLAIN) -> list[Any]:
        """Runs of a text from elsewhere (a name, our own words) that must not mix with what stands around it.

        Not every Word knows isolates (UAX #9, 2.4), so a text that goes the other way stands between marks of its
        direction, then one of the paragraph's: brackets and figures at its edges stay where they belong.
        """
        direction = writing.direction_of(text)
        if direction == self.writing.direction:
            return self.runs(text, look)
        mark = MARKS[direction]
        inner = Pen(replace(self.writing, direction=direction))
        return [*inner.runs(f"{mark}{text}{mark}", look), *self.runs(MARKS[self.writing.direction], look)]

    def lines(self, text: str, look: Look = PLAIN) -> list[Any]:
        """Runs with Word's line break where `text` has one."""
        found: list[Any] = []
        for number, line in enumerate(text.splitlines()):
            found += [*([el("r", el("br"))] if number else []), *self.runs(line, look)]
        return found

    def _run(self, piece: Piece, look: Look) -> Any:
        parts = [
            *([el("rStyle", val=look.style)] if look.style else []),
            *self._fonts(piece.script, look),
            *([el("b"), el("bCs")] if look.bold else []),
            *([el("i"), el("iCs")] if look.italic else []),
            *([el("noProof")] if look.is_name else []),
            *([el("color", val=look.colour)] if look.colour else []),
            *([el("sz", val=look.size), el("szCs", val=look.size)] if look.size else []),
            *([el("rtl")] if piece.direction == "rtl" else []),
        ]
        return el("r", *([el("rPr", *parts)] if parts else []), words(piece.text))

    def _fonts(self, script: str, look: Look) -> list[Any]:
        script = look.han if script == "Hani" else script
        if script not in writing.FONTS:
            return []
        serif, sans = writing.FONTS[script]
        font = sans if look.sans else serif
        return [el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)]


def pieces(text: str, base: writing.Writing) -> Iterator[Piece]:
    """The text cut where direction or font changes, in a paragraph of `base`.

    Directions as UAX #9 resolves them without explicit marks: what is between two letters of one direction goes with
    them, a figure with the letters before it (W7), anything else with the paragraph.
    """
    directions = _directions(text, base.direction)
    scripts = _scripts(text, directions, base.script)
    cut = 0
    for (direction, script), group in groupby(zip(directions, scripts, strict=True)):
        length = len(list(group))
        yield Piece(text[cut : cut + length], direction, script)
        cut += length


def _directions(text: str, base: str) -> list[str]:
    found: list[str] = []
    now, pending = base, 0
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                strong = "ltr"
            case "R" | "AL":
                strong = "rtl"
            case "EN" | "AN":
                strong = now
            case _:
                pending += 1
                continue
        found += [now if strong == now else base] * pending + [strong]
        now, pending = strong, 0
    return found + [base] * pending


def _scripts(text: str, directions: list[str], base: str) -> list[str]:
    """The script of each character that needs a font of its own, otherwise "".

    A sign or space has the font of the letter before it as long as both go the same way.
    """
    at_home = {base} - WESTERN_SLOT | EUROPEAN
    found: list[str] = []
    for character, direction in zip(text, directions, strict=True):
        script = icu.Script.getScript(character).getShortName()
        if script in COMMON:
            follows = bool(found) and direction == directions[len(found) - 1]
            script = found[-1] if follows or (found and script == "Zinh") else ""
        found.append("" if script in at_home else "Hani" if script in EAST_ASIAN else script)
    return found
