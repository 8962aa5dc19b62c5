"""Where a long roll is cut, so that its pieces can be set apart from one another, several at a time, and kept.

A piece begins on a page of its own. Cuts depend on what stands at them rather than on counting alone: after one more
name all pieces but its own are what they were.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

WHOLE = 2000  # a roll of so many lines is set in one piece, with the letter
LEAST, MUCH, MOST = 1500, 2500, 4000  # lines in a piece: before a heading, within a long group, at all
HEADING, NAME = 3, 64  # one in so many may have a piece begin with it

Group = dict[str, Any]
Side = dict[str, Any]


def cut(sides: list[Side]) -> list[list[Side]]:
    """Return the pieces, each with the sides, groups and lines it has of `letters.pdf.names.sides`.

    What goes on from the piece before has no heading again.
    """
    pieces: list[list[Side]] = [[]]
    held = 0
    for side in sides:
        new_side = True
        for group in side["groups"]:
            new_group = True
            for line in group["lines"]:
                if _ends(held, group, line, new_group=new_group):
                    pieces.append([])
                    held = 0
                piece = pieces[-1]
                if new_side or not piece:
                    piece.append({"headed": side["headed"] and new_side, "groups": []})
                if new_group or not piece[-1]["groups"]:
                    title = group["title"] if new_group else ""
                    piece[-1]["groups"].append({**group, "title": title, "lines": []})
                piece[-1]["groups"][-1]["lines"].append(line)
                new_side = new_group = False
                held += 1
    return pieces


def _ends(held: int, group: Group, line: dict[str, Any], *, new_group: bool) -> bool:
    """Whether a piece of so many lines ends before this one."""
    if held >= MOST:
        return True
    if new_group and group["title"]:
        return held >= LEAST and not crc32(group["title"].encode()) % HEADING
    return held >= MUCH and not crc32(line["name"].encode()) % NAME
