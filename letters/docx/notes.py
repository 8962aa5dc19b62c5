"""Real footnotes. python-docx has none: the part, its separators and its place in the settings are made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from letters.docx import styles
from letters.docx.markup import el, words

SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))  # the line above the notes, here and overleaf
RELATIONSHIP = RELATIONSHIP_TYPE.FOOTNOTES


class Footnotes(Part):
    """The notes of one letter, in the order they are called."""

    def __init__(self, package: Package) -> None:
        super().__init__(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, package=package)
        self.notes: list[Any] = []

    def call(self, write: Callable[[Part], list[Any]]) -> Any:
        """The run that calls a new note; `write` makes its runs, links as relationships of the part it is given."""
        number = len(self.notes) + 1
        mark = el("r", _superscript(), el("footnoteRef"))
        properties = el("pPr", el("pStyle", val=styles.NOTE.id))
        paragraph = el("p", properties, mark, el("r", words(" ")), *write(self))
        self.notes.append(el("footnote", paragraph, id=number))
        return el("r", _superscript(), el("footnoteReference", id=number))

    @property
    def blob(self) -> bytes:
        tight = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
        separators = [
            el("footnote", el("p", el("pPr", el("spacing", **tight)), el("r", el(kind))), type=kind, id=number)
            for number, kind in SEPARATORS
        ]
        return bytes(serialize_part_xml(el("footnotes", *separators, *self.notes)))

    def settings(self) -> list[Any]:
        """What the settings must say of the separators."""
        return [el("footnotePr", *[el("footnote", id=number) for number, _kind in SEPARATORS])] if self.notes else []


def _superscript() -> Any:
    return el("rPr", el("rStyle", val=styles.NOTE_CALL))
