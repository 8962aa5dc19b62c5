"""Binds the parts of a long letter into one file: pages, structure (ISO 32000-1, 14.7), outline, and the furniture laid
upon every page as an artifact, which is no content (14.8.2.2). In the child process only.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS = 0.75  # in a CSS pixel
ARTIFACT = b"\nQ /Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC\n"


def bind(folder: Path, parts: list[str], reports: list[dict[str, Any]]) -> bytes:
    """Return the whole. `parts` are names of PDF files in the folder, the letter itself first; `reports` are theirs."""
    whole = pikepdf.open(folder / f"{parts[0]}.pdf")
    structure = Structure(whole)
    kept_open = [structure.append(pikepdf.open(folder / f"{part}.pdf")) for part in parts[1:]]
    structure.close()
    _furnish(whole, pikepdf.open(folder / "furniture.pdf"))
    _outline(whole, reports)
    written = BytesIO()
    whole.save(
        written,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    del kept_open
    return written.getvalue()


class Structure:
    """The structure tree of the whole, to which those of other files are appended."""

    def __init__(self, whole: pikepdf.Pdf) -> None:
        self._whole = whole
        self._tree = whole.Root.StructTreeRoot
        self._document = self._tree.K[0]
        self._kids = list(self._document.K)
        self._parents: list[Any] = list(self._tree.ParentTree.Nums)
        self._next = max(int(key) for key in self._parents[::2]) + 1

    def append(self, part: pikepdf.Pdf) -> pikepdf.Pdf:
        """Add its pages and its structure; it has to stay open until the whole is saved."""
        before = len(self._whole.pages)
        self._whole.pages.extend(part.pages)
        tree = self._whole.copy_foreign(part.Root.StructTreeRoot)
        for page in list(self._whole.pages)[before:]:
            self._renumber(page.obj, Name.StructParents)
            for annotation in page.obj.get(Name.Annots, ()):
                self._renumber(annotation, Name.StructParent)
        numbers = list(tree.ParentTree.Nums)
        for key, parents in zip(numbers[::2], numbers[1::2], strict=True):
            self._parents += [int(key) + self._next, parents]
        self._next += max(int(key) for key in numbers[::2]) + 1
        for kid in tree.K[0].K:
            kid.P = self._document
            self._kids.append(kid)
        return part

    def close(self) -> None:
        self._document.K = Array(self._kids)
        self._tree.ParentTree.Nums = Array(self._parents)

    def _renumber(self, thing: pikepdf.Object, name: Name) -> None:
        if name in thing:
            thing[name] = int(thing[name]) + self._next


def _furnish(whole: pikepdf.Pdf, furniture: pikepdf.Pdf) -> None:
    for page, sheet in zip(whole.pages, furniture.pages, strict=True):
        form = whole.copy_foreign(sheet.as_form_xobject())
        shared = page.obj.Resources  # of all pages of a part
        pictures = Dictionary({**dict(shared.get(Name.XObject, {})), "/Furniture": form})
        page.obj.Resources = Dictionary({**dict(shared), "/XObject": pictures})
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(ARTIFACT)


def _outline(whole: pikepdf.Pdf, reports: list[dict[str, Any]]) -> None:
    """One item for each heading, under the last one of a higher level."""
    if Name.Outlines in whole.Root:
        del whole.Root.Outlines
    first = 0
    with whole.open_outline() as outline:
        above: list[tuple[int, Any]] = [(0, outline.root)]
        for report in reports:
            for number, level, label, (x, y) in report["bookmarks"]:
                page = whole.pages[first + number]
                top = float(page.mediabox[3]) - y * POINTS
                item = pikepdf.OutlineItem(label, first + number, "XYZ", left=x * POINTS, top=top)
                while above[-1][0] >= level:
                    above.pop()
                above[-1][1].append(item)
                above.append((level, item.children))
            first += report["pages"]
