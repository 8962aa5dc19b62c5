"""Footnotes that were typed: "[1]" or "¹" in the text, and "[1] the note" below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letters.body.model import Block, Inline, Note, Paragraph, Quote, Run
from letters.intake.lines import Line, cut, paragraphs, text_of
from letters.intake.pieces import Repair

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
CALL = re.compile(r"\[(\d{1,3})\]|(?<=\S)([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
NOTE = re.compile(r"^(?:\[(\d{1,3})\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))[:.]?\s*(?=\S)")
HIGHEST = 200


@dataclass(frozen=True, slots=True)
class _Text:
    at: int
    runs: tuple[Run, ...]


def attached(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """The lines with such notes put at their call, where exactly one line calls and one below it tells."""
    calls = Counter(
        _number(match)
        for line in lines
        for paragraph in paragraphs(line.block)
        for match in CALL.finditer(_words(paragraph))
        if match.start() > 0
    )
    told: dict[int, _Text] = {}
    for at, line in enumerate(lines):
        match = NOTE.match(line.text) if line.is_words and not line.role else None
        number = _number(match) if match else 0
        if match and calls[number] == 1 and number not in told and number <= HIGHEST:
            inlines = line.cut(match.end()).inlines
            if all(isinstance(inline, Run) for inline in inlines):
                told[number] = _Text(at, tuple(inline for inline in inlines if isinstance(inline, Run)))
    if not told:
        return list(lines), []
    placed: set[int] = set()
    found = [
        replace(line, block=(block := _with(line.block, at, told, placed)), text=text_of(block))
        for at, line in enumerate(lines)
    ]
    gone = {told[number].at for number in placed}
    samples = tuple("".join(run.text for run in told[number].runs)[:60] for number in sorted(placed)[:5])
    return [line for at, line in enumerate(found) if at not in gone], [Repair("footnotes", len(placed), samples)][
        : len(placed)
    ]


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2].translate(RAISED))


def _words(paragraph: Paragraph) -> str:
    return text_of(replace(paragraph, inlines=tuple(one for one in paragraph.inlines if isinstance(one, Run))))


def _with(block: Block, at: int, told: dict[int, _Text], placed: set[int]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, inlines=tuple(_called(block, at, told, placed)))
    if isinstance(block, Quote):
        return replace(block, blocks=tuple(_with(one, at, told, placed) for one in block.blocks))
    return replace(block, items=tuple(tuple(_with(one, at, told, placed) for one in item) for item in block.items))


def _called(paragraph: Paragraph, at: int, told: dict[int, _Text], placed: set[int]) -> Iterator[Inline]:
    text = text_of(paragraph)
    position = 0
    for match in CALL.finditer(text):
        note = told.get(_number(match))
        if match.start() > 0 and note and note.at > at:
            end = match.start()
            while end > position and text[end - 1] == " ":
                end -= 1
            yield from cut(paragraph.inlines, position, end)
            yield Note(note.runs)
            placed.add(_number(match))
            position = match.end()
    yield from cut(paragraph.inlines, position, len(text))
