"""A body as data. Whatever the input was, only what these classes can hold is ever written."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

SPACE = re.compile(r"(\s+)")
NO_BREAK_SPACE = "\u00a0"
# Control characters, byte order marks and noncharacters are damage; U+202D and U+202E show a text other than it reads.
UNWANTED = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0x202D, 0x202E, 0xFEFF, 0xFFFE, 0xFFFF]
    + [*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)]
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. `href` is an absolute http, https or mailto address, or ""."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    @property
    def style(self) -> tuple[bool, bool, str]:
        return self.strong, self.em, self.href

    def saying(self, text: str) -> Run:
        return Run(text, *self.style)


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, standing where it is called. Carries no style of its own and ends the style around it."""

    runs: tuple[Run, ...]


Inline = Run | Break | Note


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: Literal["p", "h2", "h3"]
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """`items` are never empty and each begins with a p; `start` is the first number of an ordered one."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


Block = Paragraph | Listing | Quote


def is_visible(text: str) -> bool:
    return any(not char.isspace() and unicodedata.category(char) != "Cf" for char in text)


def tidy(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Collapse white space and give every text one way of being written.

    Runs of the same style are one run; a space has a style only if the words on both sides have it; there is none at
    the edges or beside a line break. A single no-break or narrow space stays as it is: French typography needs it.
    """
    atoms = list(_atoms(inlines))
    spaced: list[Inline] = []
    for position, atom in enumerate(atoms):
        if isinstance(atom, Run) and atom.text.isspace():
            before = atoms[position - 1] if position else Break()
            after = atoms[position + 1] if position + 1 < len(atoms) else Break()
            if isinstance(before, Break) or isinstance(after, Break):
                continue
            spaced.append(_space_between(before, after, atom.text))
        else:
            spaced.append(atom)
    return tuple(_merged(spaced))


def _merged(inlines: list[Inline]) -> Iterator[Inline]:
    for style, group in groupby(inlines, key=lambda inline: inline.style if isinstance(inline, Run) else None):
        if style is None:
            yield from group
        else:
            yield Run("".join(inline.text for inline in group if isinstance(inline, Run)), *style)


def _atoms(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Words, spaces, breaks and notes, one by one, with neighbouring spaces folded into one."""
    space = ""
    for inline in inlines:
        parts = SPACE.split(inline.text.translate(UNWANTED)) if isinstance(inline, Run) else [inline]
        for part in parts:
            if isinstance(part, str) and (not part or part.isspace()):
                space += part
                continue
            if space:
                yield Run(_one_space(space))
                space = ""
            yield inline.saying(part) if isinstance(inline, Run) and isinstance(part, str) else inline
    if space:
        yield Run(_one_space(space))


def _one_space(space: str) -> str:
    if len(space) == 1 and unicodedata.category(space) == "Zs":
        return space
    return NO_BREAK_SPACE if set(space) == {NO_BREAK_SPACE} else " "


def _space_between(before: Inline, after: Inline, space: str) -> Run:
    if not (isinstance(before, Run) and isinstance(after, Run)):
        return Run(space)
    href = before.href if before.href == after.href else ""
    return Run(space, before.strong and after.strong, before.em and after.em, href)


def write(blocks: Iterable[Block]) -> str:
    """The blocks as HTML of the schema, escaped the way browsers and nh3 write it."""
    return "".join(_write_block(block) for block in blocks)


def _write_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<{block.kind}>{write_inlines(block.inlines)}</{block.kind}>"
    if isinstance(block, Quote):
        return f"<blockquote>{write(block.blocks)}</blockquote>"
    items = "".join(f"<li>{write(item)}</li>" for item in block.items)
    return f"{start_tag(block)}{items}</{'ol' if block.ordered else 'ul'}>"


def start_tag(listing: Listing) -> str:
    if not listing.ordered:
        return "<ul>"
    return "<ol>" if listing.start == 1 else f'<ol start="{listing.start}">'


def stored_note(note: Note) -> str:
    return f'<sup data-footnote="">{write_inlines(note.runs)}</sup>'


def write_inlines(inlines: Iterable[Inline], write_note: Callable[[Note], str] = stored_note) -> str:
    """The inlines as HTML, with a outside strong outside em, each opened no more often than needed."""
    out: list[str] = []
    open_tags: list[tuple[str, str]] = []

    def become(wanted: list[tuple[str, str]]) -> None:
        shared = 0
        while shared < min(len(open_tags), len(wanted)) and open_tags[shared] == wanted[shared]:
            shared += 1
        out.extend(f"</{tag}>" for tag, _ in reversed(open_tags[shared:]))
        out.extend(f'<{tag} href="{escape(href)}">' if href else f"<{tag}>" for tag, href in wanted[shared:])
        open_tags[:] = wanted

    for inline in inlines:
        if isinstance(inline, Run):
            wanted = [("a", inline.href), ("strong", ""), ("em", "")]
            become([tag for tag, is_on in zip(wanted, (inline.href, inline.strong, inline.em), strict=True) if is_on])
            out.append(escape(inline.text))
        else:
            become([])
            out.append(write_note(inline) if isinstance(inline, Note) else "<br>")
    become([])
    return "".join(out)


def escape(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;").replace(NO_BREAK_SPACE, "&nbsp;")
