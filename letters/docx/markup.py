"""WordprocessingML, element by element (ECMA-376 part 1, chapter 17). Every function returns a loose element."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# What XML 1.0 has no place for (section 2.2), lone surrogates included
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(name: str, /, *children: Any, **attributes: object) -> Any:
    """The element `w:name`; attributes are of the same namespace, so `val="1"` is w:val."""
    element: Any = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.extend(children)
    return element


def words(text: str) -> Any:
    element = el("t")
    element.text = UNWRITABLE.sub("", text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def link(relationship: str, *runs: Any) -> Any:
    """A hyperlink by the id of a relationship of the part it stands in."""
    element = el("hyperlink", *runs, history=1)
    element.set(qn("r:id"), relationship)
    return element


def field(instruction: str, *runs: Any) -> Any:
    """A field that Word reckons anew; the runs are what is shown until then."""
    return el("fldSimple", *runs, instr=f" {instruction} ")


def twips(points: float) -> int:
    return round(points * 20)
