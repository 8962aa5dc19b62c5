"""The paper: paragraphs put down one after the other, in sections of one or more columns."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from letters.docx.markup import el, twips
from letters.docx.pen import Pen
from letters.docx.styles import FOOTER, HEADER, Style

WIDTH, HEIGHT = 11906, 16838  # A4 in twips
SIDE, TOP, BOTTOM = 1418, 1418, 1588  # 25 and 28 millimetres
TEXT_WIDTH = WIDTH - 2 * SIDE
GAP = twips(17)  # between columns


class Sheet:
    def __init__(self, word: WordDocument, pen: Pen) -> None:
        self.word = word
        self.pen = pen
        self.end: Any = word.element.body[-1]  # the last section's properties, behind every paragraph
        self.start = "nextPage"  # how the section being written begins

    def paragraph(self, style: Style, runs: list[Any], *properties: Any) -> None:
        """Put a paragraph down. `properties` follow pStyle in the order the schema asks for."""
        self.end.addprevious(el("p", el("pPr", el("pStyle", val=style.id), *properties), *runs))

    def end_section(self, columns: int = 1, *, then: str = "continuous") -> None:
        """What was put down since the last section stands in so many columns; `then` is how the next begins."""
        last_paragraph = self.end.getprevious()
        last_paragraph[0].append(self._section(columns))
        self.start = then

    def finish(self) -> None:
        """What is left is the last section."""
        self.end.getparent().replace(self.end, self._section(1))

    def furnish(self, header: list[Any], footer: list[Any]) -> None:
        """Runs for the head and the foot of every page; a header without runs is left out."""
        section = self.word.sections[0]
        for part, style, runs in ((section.header, HEADER, header), (section.footer, FOOTER, footer)):
            if runs:
                part.is_linked_to_previous = False
                place = part.paragraphs[0]._p
                place.getparent().replace(place, el("p", el("pPr", el("pStyle", val=style.id)), *runs))

    def link_to(self, address: str, part: Any = None) -> str:
        """The id of a relationship to that address, of the letter or of another `part`."""
        return str((part or self.word.part).relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def _section(self, columns: int) -> Any:
        furniture = [child for child in self.end if child.tag.endswith("Reference")]  # moved: later sections inherit it
        margins = {"top": TOP, "right": SIDE, "bottom": BOTTOM, "left": SIDE, "header": 700, "footer": 700, "gutter": 0}
        return el(
            "sectPr",
            *furniture,
            el("type", val=self.start),
            el("pgSz", w=WIDTH, h=HEIGHT),
            el("pgMar", **margins),
            el("cols", num=columns, space=GAP),
            *([el("bidi")] if self.pen.writing.direction == "rtl" else []),
        )
