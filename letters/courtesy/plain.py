"""A translation as it is typed or pasted: plain text, see letters.body.markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from letters import body
from letters.body.model import Block, Paragraph, write
from letters.body.reading import read
from letters.changes import Unit, units

KINDS: tuple[Literal["p", "h2", "h3"], ...] = ("p", "h2", "h3")
HEADINGS = ("h2", "h3")


def typed(html: str) -> str:
    """A paragraph's translation as plain text. A heading is written like any paragraph: the authentic one is one."""
    only = _only(read(html))
    return body.to_text(write([Paragraph("p", only.inlines)]) if only else html)


def from_typed(text: str, tag: str) -> str:
    """The HTML of what was typed as the translation of a paragraph of this kind; it may have become several."""
    blocks = read(body.from_text(text))
    only = _only(blocks)
    kind = next((kind for kind in KINDS if kind == tag), None)
    return body.clean(write([Paragraph(kind, only.inlines)])) if only and kind else write(blocks)


def shared_out(own: str, authentic: str) -> tuple[list[str], bool]:
    """A whole translated body cut up: the HTML for each authentic paragraph, and whether they came out even.

    One to one if there are as many on both sides. Otherwise in order, from heading to heading if these are as many;
    what is left over goes to the last paragraph before it.
    """
    ours, theirs = units(own), units(authentic)
    if len(ours) == len(theirs):
        return [unit.html for unit in ours], True
    sections, places = _sections(ours), _sections(theirs)
    if len(sections) != len(places):
        sections, places = [list(ours)], [list(theirs)]
    shares: list[str] = []
    waiting: list[str] = []
    for section, place in zip(sections, places, strict=True):
        waiting += [unit.html for unit in section]
        if place:
            shares += (waiting + [""] * len(place))[: len(place)]
            shares[-1] += "".join(waiting[len(place) :])
            waiting = []
    return shares, False


def _only(blocks: Sequence[Block]) -> Paragraph | None:
    """The paragraph that is all there is."""
    first = blocks[0] if len(blocks) == 1 else None
    return first if isinstance(first, Paragraph) else None


def _sections(cut: Iterable[Unit]) -> list[list[Unit]]:
    """From heading to heading; the first begins with none."""
    sections: list[list[Unit]] = [[]]
    for unit in cut:
        if unit.tag in HEADINGS:
            sections.append([])
        sections[-1].append(unit)
    return sections
