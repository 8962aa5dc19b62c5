"""Real numbering: one definition for points, one for numbers, and an instance for every list that counts anew."""

from __future__ import annotations

from typing import Any

from letters.docx.markup import el, twips

LEVELS = 9  # Word has no more; letters.body allows fewer
STEP = 18  # points each level stands further in
POINTS = "•–·"
POINTED, NUMBERED = 0, 1  # ids of the two definitions


class Numbering:
    """Hands out the ids of lists, and writes the definitions behind them."""

    def __init__(self) -> None:
        self.lists: list[Any] = [el("num", el("abstractNumId", val=POINTED), numId=1)]

    def points(self) -> int:
        return 1

    def numbers(self, level: int, start: int) -> int:
        """The id of a new numbered list whose items stand at `level`, from 0."""
        number = len(self.lists) + 1
        override = el("lvlOverride", el("startOverride", val=start), ilvl=level)
        self.lists.append(el("num", el("abstractNumId", val=NUMBERED), override, numId=number))
        return number

    def definitions(self) -> list[Any]:
        """The children of w:numbering."""
        return [
            _definition(POINTED, lambda level: ("bullet", POINTS[min(level, 2)])),
            _definition(NUMBERED, lambda level: ("decimal", f"%{level + 1}.")),
            *self.lists,
        ]


def _definition(number: int, marker: Any) -> Any:
    levels = []
    for level in range(LEVELS):
        kind, text = marker(level)
        levels.append(
            el(
                "lvl",
                el("start", val=1),
                el("numFmt", val=kind),
                el("lvlText", val=text),
                el("lvlJc", val="left"),
                el("pPr", el("ind", left=twips(STEP * (level + 1)), hanging=twips(STEP))),
                ilvl=level,
            )
        )
    return el("abstractNum", el("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)
