"""From any HTML to a body: what is pasted, typed, imported or stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import nh3

from letters.body import leftovers, links, markup, model, shaping
from letters.body.lists import DEEPEST_LIST
from letters.body.model import Block, Break, Run
from letters.body.shaping import RawInline, RawList, RawNote, RawParagraph, RawQuote, Reference

HEADINGS: dict[str, Literal["h2", "h3"]] = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
STRONG = {"b", "strong"}
EM = {"i", "em"}
PARAGRAPHS = {"p", *HEADINGS}
CONTAINERS = {"ul", "ol", "blockquote"}
STYLED = STRONG | EM | {"a", "span", "sup", "font"}
# Everything else that ends a paragraph in a browser; what they contain is kept.
SEPARATORS = set(
    "address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hr html legend main menu nav option p pre section select summary table tbody td textarea tfoot th thead"
    " tr".split()
)
DEEPEST = 64  # open elements; deeper ones lose their effect, never their text

GATE = nh3.Cleaner(
    tags={"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "sup"},
    attributes={"a": {"href"}, "ol": {"start"}, "sup": {"data-footnote"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)


def clean(html: str) -> str:
    """Any HTML as a body, in the schema of letters.body; "" if nothing is written in it. Idempotent; raises nothing.

    Text is kept, whatever held it, except in scripts and styles; so are lists and footnotes as Word, LibreOffice and
    Google Docs paste them. nh3 has the last word: a mistake of ours could garble a letter, but not make it dangerous.
    """
    return GATE.clean(model.write(read(html)))


def read(html: str) -> tuple[Block, ...]:
    reader = _Reader()
    for token in markup.tokens(html):
        if isinstance(token, str):
            reader.text(token)
        elif isinstance(token, markup.Start):
            reader.start(token.name, token.attributes)
        else:
            reader.end(token.name)
    return reader.finish()


@dataclass(frozen=True, slots=True)
class _Style:
    """What an open element does to the text inside it, everything around it included."""

    strong: bool = False
    em: bool = False
    href: str = ""
    kind: Literal["p", "h2", "h3"] = "p"
    level: int = 0
    is_marker: bool = False
    note: RawNote | None = None
    reference: Reference | None = None


@dataclass(slots=True)
class _Element:
    name: str
    changes: dict[str, Any]
    style: _Style


class _Reader:
    def __init__(self) -> None:
        self.root = RawQuote()
        self.containers: list[RawQuote | RawList] = [self.root]
        self.elements: list[_Element] = []
        self.inlines: list[RawInline] = []
        self.marker = ""  # of a Word list item
        self.defines = ""  # the key of the footnote being read
        self.defines_all = False  # up to the end of the div or li, not of the paragraph
        self.is_first = False  # paragraph of its div or li

    @property
    def style(self) -> _Style:
        return self.elements[-1].style if self.elements else _Style()

    def text(self, text: str) -> None:
        style = self.style
        if style.is_marker:
            self.marker += text
        elif style.reference:
            style.reference.label += text
        else:
            runs: list[Any] = self.inlines if style.note is None else style.note.runs
            runs.append(Run(text, style.strong, style.em, style.href))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.style.note and name not in STYLED:
            self.style.note.runs.append(Run(" "))
            if name in PARAGRAPHS:
                self.push(name, {})
        elif name == "br":
            self.inlines.append(Break())
        elif name in STYLED:
            self.push(name, self.styling(name, attributes))
        elif name in PARAGRAPHS:
            self.close_paragraph()
            level = leftovers.list_level(attributes.get("style", ""))
            self.push(name, {"kind": HEADINGS[name]} if name in HEADINGS else {"level": level})
        elif name in CONTAINERS:
            self.open_container(name, attributes)
        elif name == "li":
            self.open_item()
        elif name in SEPARATORS:
            self.close_paragraph()
            self.is_first = name == "div"

    def end(self, name: str) -> None:
        if name in PARAGRAPHS or name in CONTAINERS or name == "li":
            if self.is_inside_note(name):
                self.remove({name})
                return
            self.close_note()
            self.flush()
        elif name in SEPARATORS and not self.style.note:
            self.flush()
        if name in ("div", "li"):
            self.defines = ""
        if name in CONTAINERS or name == "li":
            self.pop_through(name)
        else:
            self.remove(set(HEADINGS) if name in HEADINGS else {name})

    def finish(self) -> tuple[Block, ...]:
        self.flush()
        return shaping.shape(self.root.blocks)

    # Inside a paragraph

    def styling(self, name: str, attributes: dict[str, str]) -> dict[str, Any]:
        """How this start tag changes the style around it."""
        css = attributes.get("style", "")
        changes: dict[str, Any] = {}
        if name == "a":
            changes = self.anchor(attributes.get("href", ""))
        elif "data-footnote" in attributes and not self.style.note:
            note = RawNote()
            self.inlines.append(note)
            changes = {"note": note, "strong": False, "em": False, "href": ""}
        elif self.style.level and leftovers.is_list_marker(css):
            changes["is_marker"] = True
        strong, em = leftovers.is_strong(css), leftovers.is_em(css)
        if strong is not None or name in STRONG:
            changes["strong"] = strong is not False
        if em is not None or name in EM:
            changes["em"] = em is not False
        return changes

    def anchor(self, href: str) -> dict[str, Any]:
        target = leftovers.footnote_target(href)
        if target is None or self.style.note:
            return {"href": links.safe(href)}
        reference = Reference(target)
        self.inlines.append(reference)
        if target.back:
            self.defines, self.defines_all = target.key, self.is_first
        return {"reference": reference}

    def is_inside_note(self, name: str) -> bool:
        for element in reversed(self.elements):
            if "note" in element.changes:
                return False
            if element.name == name:
                return bool(element.style.note)
        return False

    def close_note(self) -> None:
        """An unclosed footnote ends with the paragraph it stands in."""
        while self.style.note:
            self.elements.pop()

    # Open elements

    def push(self, name: str, changes: dict[str, Any]) -> None:
        if len(self.elements) < DEEPEST:
            self.elements.append(_Element(name, changes, replace(self.style, **changes)))

    def remove(self, names: set[str]) -> None:
        """Close the nearest of them alone: misnested styles inside it stay open, as in a browser."""
        for position in range(len(self.elements) - 1, -1, -1):
            if self.elements[position].name in names:
                inside = self.elements[position + 1 :]
                del self.elements[position:]
                for element in inside:
                    self.push(element.name, element.changes)
                break

    def pop_through(self, name: str) -> None:
        """Close the nearest element of that name with everything still open inside it."""
        if any(element.name == name for element in self.elements):
            popped = ""
            while popped != name:
                popped = self.elements.pop().name
                if popped in CONTAINERS:
                    self.containers.pop()

    # Blocks

    def open_container(self, name: str, attributes: dict[str, str]) -> None:
        self.close_paragraph()
        if len(self.containers) <= DEEPEST_LIST and len(self.elements) < DEEPEST:
            is_list = name != "blockquote"
            container = RawList(name == "ol", _number(attributes.get("start", ""))) if is_list else RawQuote()
            self.add(container)
            self.containers.append(container)
            self.push(name, {"kind": "p", "level": 0})

    def open_item(self) -> None:
        self.close_paragraph()
        nearest = next((element.name for element in reversed(self.elements) if element.name in ("li", "ul", "ol")), "")
        if nearest == "li":
            self.pop_through("li")
        if isinstance(self.containers[-1], RawList):
            self.containers[-1].items.append([])
            self.push("li", {})
        self.is_first = True

    def close_paragraph(self) -> None:
        self.flush()
        self.remove(PARAGRAPHS)

    def flush(self) -> None:
        """A paragraph ends here."""
        inlines, self.inlines = self.inlines, []
        marker, self.marker = self.marker, ""
        if any(not isinstance(inline, Run) or not inline.text.isspace() for inline in inlines):
            style = self.style
            number = leftovers.numbering(marker)
            self.add(RawParagraph(style.kind, inlines, style.level, number, self.defines))
            self.is_first = False
            if not self.defines_all:
                self.defines = ""

    def add(self, block: shaping.RawBlock) -> None:
        container = self.containers[-1]
        if isinstance(container, RawQuote):
            container.blocks.append(block)
        elif container.items:
            container.items[-1].append(block)
        else:
            container.items.append([block])


def _number(start: str) -> int:
    return int(start) if start.isascii() and start.isdecimal() and len(start) <= 6 else 1
