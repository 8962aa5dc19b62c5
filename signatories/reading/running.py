"""A sentence or list that runs over several lines, as a mail has it: "Access Now, Amnesty ⏎ International and …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from signatories.reading import cutting, headings, places
from signatories.reading.joining import Entry
from signatories.reading.lines import Line

WIDE = 55  # columns
LEAD = re.compile("[:：]")


def unwrapped(lines: Sequence[Line]) -> list[Entry]:
    """The blocks of lines as one entry each, where that is how the text reads; else none."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.is_after_blank or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    running = [_runs(block) for block in blocks]
    if not any(running) or 3 * sum(running) < len(blocks):
        return []
    found = []
    for block, runs in zip(blocks, running, strict=True):
        if runs:
            heading = headings.of(block[0].text)
            found += [Entry([block[0]], block[0].text, heading)] if heading else []
            found.append(Entry(rest := block[1:] if heading else block, " ".join(line.text for line in rest)))
        else:
            found += [Entry([line], line.text, headings.of(line.text, is_item=line.is_item)) for line in block]
    return found


def _runs(block: Sequence[Line]) -> bool:
    """Lines of one width but for the last, with several separators each, that do not end where a name does."""
    if block and headings.of(block[0].text, is_item=block[0].is_item):
        block = block[1:]
    if len(block) < 2 or any(line.is_item or places.code_of(LEAD.split(line.text)[0]) for line in block):
        return False
    widest = max(len(line.text) for line in block)
    if widest < WIDE or any(4 * len(line.text) < 3 * widest for line in block[:-1]):
        return False
    separators = sum(line.text.count(mark) for line in block for mark in "".join(cutting.SEPARATORS))
    placed = sum(bool(places.code_of(line.text.rstrip(".").rpartition(",")[2])) for line in block)
    return separators >= 1.3 * len(block) and separators >= 3 and 2 * placed < len(block)
