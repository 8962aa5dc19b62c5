"""A body as lines: every paragraph taken apart at its line breaks, so that each line can have a role of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from letters.body.model import Block, Break, Inline, Note, Paragraph, Quote, Run, tidy

CLOSERS = r"\"'”’»)\]}›"  # may follow the mark that ends a sentence
SENTENCE_END = re.compile(rf"[.!?…。！？؟۔।։።][{CLOSERS}」』\s]*$")
END_MARK = re.compile(rf"[.!?…:;。！？：；؟؛۔।։።፤][{CLOSERS}」』\s]*$")
UNSPACED = re.compile(r"[\u2e80-\u2eff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65]")
LONG = 2000  # characters, far from everything that widths are compared with
EMPTY = Paragraph("p", ())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph, or a whole list or quotation. Lines of one paragraph, as found, share a `group`."""

    block: Block
    text: str
    group: int
    role: str = ""

    @property
    def is_heading(self) -> bool:
        return isinstance(self.block, Paragraph) and self.block.kind != "p"

    @property
    def is_solid(self) -> bool:
        return not isinstance(self.block, Paragraph)

    @property
    def is_words(self) -> bool:
        """Neither a heading nor a list nor a quotation."""
        return not self.is_solid and not self.is_heading

    @property
    def inlines(self) -> tuple[Inline, ...]:
        return self.block.inlines if isinstance(self.block, Paragraph) else ()

    @property
    def columns(self) -> int:
        return columns(self.text)

    def saying(self, inlines: Iterable[Inline]) -> Line:
        """The same line with other words; for paragraphs only."""
        block = replace(self.block if isinstance(self.block, Paragraph) else EMPTY, inlines=tidy(inlines))
        return replace(self, block=block, text=text_of(block))

    def going_on(self, other: Line, cut: int, between: str) -> Line:
        """This line without its last `cut` characters, then `between`, then the other; for paragraphs only.

        Both are tidy, so only the seam is looked at: a paragraph is put together of as many lines as it had.
        """
        first, last = other.inlines[:1], self.inlines[-1:]
        if cut and not (last and isinstance(last[0], Run) and len(last[0].text) > cut):
            return self.cut(0, len(self.text) - cut).going_on(other, 0, between)
        seam = _seam(last[0], first[0], cut, between) if last and first else (*last, *first)
        inlines = (*self.inlines[:-1], *seam, *other.inlines[1:])
        block = replace(self.block if isinstance(self.block, Paragraph) else EMPTY, inlines=inlines)
        return replace(self, block=block, text=text_of(block))

    def cut(self, start: int, end: int | None = None) -> Line:
        """The part between two positions of `text`; footnotes at its edges stay."""
        return self.saying(cut(self.inlines, start, len(self.text) if end is None else end))


def _seam(last: Inline, first: Inline, cut: int, between: str) -> tuple[Inline, ...]:
    if isinstance(last, Run) and isinstance(first, Run) and last.style == first.style:
        return (last.saying(last.text[: len(last.text) - cut] + between + first.text),)
    kept = last.saying(last.text[: len(last.text) - cut]) if isinstance(last, Run) else last
    return tidy([kept, *([Run(between)] if between else []), first])


def columns(text: str) -> int:
    """Width on a terminal: wide characters are two (UAX #11), combining ones none; long texts are guessed."""
    if text.isascii() or len(text) > LONG:
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1 for char in text
    )


def apart(blocks: Iterable[Block]) -> list[Line]:
    found: list[Line] = []
    for group, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            lines = [tuple(line) for is_break, line in groupby(block.inlines, _is_break) if not is_break]
            lines = [tidy(line) for line in lines] if len(lines) > 1 else lines
            paragraphs = [replace(block, inlines=line) for line in lines if line]
            found += [Line(paragraph, text_of(paragraph), group) for paragraph in paragraphs]
        else:
            found.append(Line(block, text_of(block), group))
    return found


def _is_break(inline: Inline) -> bool:
    return isinstance(inline, Break)


def together(lines: Iterable[Line]) -> Block:
    """Lines, none of them a heading, list or quotation, as one paragraph again."""
    inlines: list[Inline] = []
    for line in lines:
        inlines += [Break(), *line.inlines] if inlines else line.inlines
    return Paragraph("p", tuple(inlines))


def text_of(block: Block) -> str:
    """The words of a block, a line for every paragraph, point and line break; footnotes left out."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield "".join(
            inline.text if isinstance(inline, Run) else "\n" if isinstance(inline, Break) else ""
            for inline in block.inlines
        )
    else:
        for inside in (block.blocks,) if isinstance(block, Quote) else block.items:
            for one in inside:
                yield from _lines(one)


def paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    else:
        for inside in (block.blocks,) if isinstance(block, Quote) else block.items:
            for one in inside:
                yield from paragraphs(one)


def changed(block: Block, change: Callable[[str], str]) -> Block:
    """The block with the text of every run, footnotes included, passed through `change`."""
    if isinstance(block, Paragraph):
        return replace(block, inlines=tuple(_changed(inline, change) for inline in block.inlines))
    if isinstance(block, Quote):
        return replace(block, blocks=tuple(changed(one, change) for one in block.blocks))
    return replace(block, items=tuple(tuple(changed(one, change) for one in item) for item in block.items))


def _changed(inline: Inline, change: Callable[[str], str]) -> Inline:
    if isinstance(inline, Run):
        return inline.saying(change(inline.text))
    if isinstance(inline, Note):
        return Note(tuple(run.saying(change(run.text)) for run in inline.runs))
    return inline


def cut(inlines: Iterable[Inline], start: int, end: int) -> Iterator[Inline]:
    """The inlines whose words stand between two positions of their text, in which a line break is one character."""
    position = 0
    for inline in inlines:
        if isinstance(inline, Run):
            text = inline.text[max(0, start - position) : max(0, end - position)]
            position += len(inline.text)
            if text:
                yield inline.saying(text)
        elif isinstance(inline, Break):
            if start <= position < end:
                yield inline
            position += 1
        elif start <= position <= end:
            yield inline
