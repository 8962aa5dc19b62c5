"""The paper: paragraphs put down one after the other, in sections of one or more columns."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from letters.document import A4, US_LETTER
from letters.docx.markup import UNWRITABLE, el, twips
from letters.docx.pen import Pen
from letters.docx.styles import FOOTER, HEADER, Style
from letters.pdf.logos import Size

PAPERS = {A4: (11906, 16838), US_LETTER: (12240, 15840)}  # in twips
TEXT_WIDTH, TOP, BOTTOM = 9070, 1418, 1588  # 160, 25 and 28 millimetres
GAP = twips(17)  # between columns


class Sheet:
    def __init__(self, word: WordDocument, pen: Pen, paper: str = A4) -> None:
        self.word = word
        self.pen = pen
        self.width, self.height = PAPERS.get(paper, PAPERS[A4])
        self._pictures = 0
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

    def picture(self, content: bytes, size: Size, said: str) -> Any:
        """A run with a PNG picture; `said` is read aloud to whoever does not see it."""
        self._pictures += 1
        inline = self.word.part.new_pic_inline(BytesIO(content), Mm(size.width), Mm(size.height))
        # python-docx counts only those that stand in the letter already
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("name", f"Logo {self._pictures}")
        inline.docPr.set("descr", UNWRITABLE.sub("", said))
        return el("r", el("drawing", inline))

    def link_to(self, address: str, part: Any = None) -> str:
        """The id of a relationship to that address, of the letter or of another `part`."""
        return str((part or self.word.part).relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def _section(self, columns: int) -> Any:
        furniture = [child for child in self.end if child.tag.endswith("Reference")]  # moved: later sections inherit it
        side = (self.width - TEXT_WIDTH) // 2
        margins = {"top": TOP, "right": side, "bottom": BOTTOM, "left": side, "header": 700, "footer": 700, "gutter": 0}
        return el(
            "sectPr",
            *furniture,
            el("type", val=self.start),
            el("pgSz", w=self.width, h=self.height),
            el("pgMar", **margins),
            el("cols", num=columns, space=GAP),
            *([el("bidi")] if self.pen.writing.direction == "rtl" else []),
        )
