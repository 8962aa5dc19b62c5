"""From blocks as found to blocks of the schema: footnotes put in place, typed lists made lists, nothing empty left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from letters.body import leftovers, lists
from letters.body.model import Block, Break, Inline, Listing, Note, Paragraph, Quote, Run, is_visible, tidy


@dataclass(slots=True)
class Reference:
    """A link between a footnote's call and its text, with what it shows: "[1]", or an arrow back."""

    target: leftovers.Target
    label: str = ""


@dataclass(slots=True)
class RawNote:
    runs: list[Run] = field(default_factory=list)


RawInline = Run | Break | RawNote | Reference


@dataclass(slots=True)
class RawParagraph:
    """`level` is above 0 if it looks like a list item, `number` its number or 0; `defines` a footnote's key or ""."""

    kind: Literal["p", "h2", "h3"]
    inlines: list[RawInline]
    level: int = 0
    number: int = 0
    defines: str = ""


@dataclass(slots=True)
class RawList:
    ordered: bool
    start: int
    items: list[list[RawBlock]] = field(default_factory=list)


@dataclass(slots=True)
class RawQuote:
    blocks: list[RawBlock] = field(default_factory=list)


RawBlock = RawParagraph | RawList | RawQuote


def shape(blocks: list[RawBlock]) -> tuple[Block, ...]:
    return tuple(_Shaper(blocks).shaped(blocks, 0))


class _Shaper:
    def __init__(self, blocks: list[RawBlock]) -> None:
        paragraphs = list(_paragraphs(blocks))
        written: dict[str, list[Inline]] = {}
        for paragraph in paragraphs:
            if paragraph.defines:
                written.setdefault(paragraph.defines, []).extend([*_note_runs(paragraph.inlines), Run(" ")])
        notes = {key: _note(runs) for key, runs in written.items()}
        called = {
            inline.target.key
            for paragraph in paragraphs
            for inline in paragraph.inlines
            if isinstance(inline, Reference) and not inline.target.back and not paragraph.defines
        }
        # A note nobody calls stays in the text as the paragraph it was, and a call without a note as its label.
        self.notes = {key: note for key, note in notes.items() if note and key in called}

    def shaped(self, blocks: list[RawBlock], depth: int) -> list[Block]:
        found: list[Block | lists.Point] = []
        for block in blocks:
            if isinstance(block, RawParagraph):
                if block.defines not in self.notes:
                    found += self.paragraph(block)
            elif isinstance(block, RawQuote):
                found += [Quote(tuple(inside))] if (inside := self.shaped(block.blocks, depth + 1)) else []
            else:
                items = [item for raw in block.items for item in lists.items(self.shaped(raw, depth + 1))]
                found += [Listing(tuple(items), block.ordered, block.start if block.ordered else 1)] if items else []
        return lists.joined(lists.gathered(found, depth))

    def paragraph(self, raw: RawParagraph) -> Iterator[Paragraph | lists.Point]:
        """The paragraphs and points it holds: an empty line ends one, a line with a bullet begins one."""
        lines = _lines(tidy(self.resolved(raw.inlines)))
        if raw.kind != "p":
            words = [line if without is None else without for line in lines for without in [_without_bullet(line)]]
            if _says_something(inlines := tidy(_between(words, Run(" ")))):
                yield Paragraph(raw.kind, inlines)
            return
        level, number = raw.level, raw.number
        group: list[tuple[Inline, ...]] = []
        for line in [*lines, ()]:
            content = _without_bullet(line)
            if not line or content is not None:
                if _says_something(inlines := tuple(_between(group, Break()))):
                    paragraph = Paragraph("p", inlines)
                    yield lists.Point(level, number, paragraph) if level else paragraph
                    level = number = 0
                group = []
            if content is not None:
                level = level or 1
            if rest := line if content is None else content:
                group.append(rest)

    def resolved(self, inlines: Iterable[RawInline]) -> Iterator[Inline]:
        for inline in inlines:
            if isinstance(inline, RawNote):
                if note := _note(inline.runs):
                    yield note
            elif not isinstance(inline, Reference):
                yield inline
            elif inline.target.key not in self.notes:
                yield Run(inline.label)
            elif not inline.target.back:
                yield self.notes[inline.target.key]


def _paragraphs(blocks: list[RawBlock]) -> Iterator[RawParagraph]:
    for block in blocks:
        if isinstance(block, RawParagraph):
            yield block
        else:
            for inside in [block.blocks] if isinstance(block, RawQuote) else block.items:
                yield from _paragraphs(inside)


def _note_runs(inlines: Iterable[RawInline]) -> Iterator[Run]:
    for inline in inlines:
        if isinstance(inline, Run):
            yield inline
        elif isinstance(inline, RawNote):
            yield from inline.runs
        elif isinstance(inline, Break):
            yield Run(" ")
        elif not inline.target.back:
            yield Run(inline.label)


def _note(runs: Iterable[Inline]) -> Note | None:
    inlines = cast("tuple[Run, ...]", tidy(runs))
    return Note(inlines) if _says_something(inlines) else None


def _says_something(inlines: Iterable[Inline]) -> bool:
    return any(isinstance(inline, Note) or (isinstance(inline, Run) and is_visible(inline.text)) for inline in inlines)


def _lines(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, Break):
            lines.append([])
        else:
            lines[-1].append(inline)
    return [tuple(line) for line in lines]


def _between(lines: list[tuple[Inline, ...]], separator: Inline) -> Iterator[Inline]:
    for position, line in enumerate(lines):
        if position:
            yield separator
        yield from line


def _without_bullet(line: tuple[Inline, ...]) -> tuple[Inline, ...] | None:
    """The line without the bullets it begins with; None if it begins with none."""
    text = ""
    for inline in line:
        if not isinstance(inline, Run):
            break
        text += inline.text
    if not (match := leftovers.TYPED_BULLET.match(text)):
        return None
    cut, rest = match.end(), list(line)
    while cut:
        first = cast("Run", rest.pop(0))
        if len(first.text) > cut:
            rest.insert(0, first.saying(first.text[cut:]))
        cut -= min(cut, len(first.text))
    return tuple(rest)
