"""The body, block by block, in Word's own lists, quotes, links and footnotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from letters.body.model import Block, Break, Inline, Listing, Note, Paragraph, Quote, Run
from letters.docx import markup, styles
from letters.docx.lists import STEP, Numbering
from letters.docx.markup import el, twips
from letters.docx.notes import Footnotes
from letters.docx.pen import Look
from letters.docx.sheet import Sheet

HEADINGS = {"h2": styles.HEADING_1, "h3": styles.HEADING_2}


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands: in how many lists, how far in (in points), and in which style if it is nothing else."""

    lists: int = 0
    start: float = 0
    style: styles.Style = styles.BODY


class Body:
    def __init__(self, sheet: Sheet, footnotes: Footnotes, numbering: Numbering) -> None:
        self.sheet = sheet
        self.footnotes = footnotes
        self.numbering = numbering

    def blocks(self, blocks: Iterable[Block], place: Place = Place()) -> None:
        for block in blocks:
            if isinstance(block, Listing):
                self.listing(block, place)
            elif isinstance(block, Quote):
                self.blocks(block.blocks, replace(place, start=place.start + STEP, style=styles.QUOTE))
            else:
                style = HEADINGS.get(block.kind, place.style)
                is_inset = place.start and style not in HEADINGS.values()
                inset = [el("ind", left=twips(place.start))] if is_inset else []
                self.sheet.paragraph(style, self.inlines(block.inlines), *inset)

    def listing(self, listing: Listing, place: Place) -> None:
        style = styles.NUMBER if listing.ordered else styles.BULLET
        start = place.start + STEP
        number = self.numbering.numbers(place.lists, listing.start) if listing.ordered else self.numbering.points()
        inside = Place(place.lists + 1, start, styles.CONTINUED)
        for first, *rest in listing.items:
            if isinstance(first, Paragraph):  # as every item begins
                counted = el("numPr", el("ilvl", val=place.lists), el("numId", val=number))
                inset = el("ind", left=twips(start), hanging=twips(STEP))
                self.sheet.paragraph(style, self.inlines(first.inlines), counted, inset)
            self.blocks(rest, inside)

    def inlines(self, inlines: Iterable[Inline], part: Any = None) -> list[Any]:
        """Runs and links; `part` is where links are kept, the letter itself if None."""
        found: list[Any] = []
        for href, group in groupby(inlines, key=lambda inline: inline.href if isinstance(inline, Run) else ""):
            runs = [run for inline in group for run in self.inline(inline)]
            found += [markup.link(self.sheet.link_to(href, part), *runs)] if href else runs
        return found

    def inline(self, inline: Inline) -> list[Any]:
        if isinstance(inline, Run):
            look = Look(inline.strong, inline.em, style=styles.LINK if inline.href else "")
            return self.sheet.pen.runs(inline.text, look)
        if isinstance(inline, Break):
            return [el("r", el("br"))]
        return [self.note(inline)]

    def note(self, note: Note) -> Any:
        return self.footnotes.call(lambda part: self.inlines(note.runs, part))
