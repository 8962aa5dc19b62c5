"""The words of a body, without its styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from letters.body.model import Block, Break, Inline, Paragraph, Quote, Run
from letters.body.reading import read

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


def paragraphs(html: str) -> list[str]:
    """The text of every paragraph, heading and list item of a clean body, in order, without the footnotes."""
    return [plain(paragraph.inlines) for paragraph in _paragraphs(read(html))]


def word_count(html: str) -> int:
    """Words between spaces, without the footnotes; every Chinese and Japanese character counts as one."""
    return sum(len(WORD.findall(text)) for text in paragraphs(html))


def excerpt(html: str, length: int = 300) -> str:
    """The first `length` characters of the text, headings left out, cut between words."""
    text = " ".join(plain(paragraph.inlines) for paragraph in _paragraphs(read(html)) if paragraph.kind == "p")
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + "…"


def plain(inlines: Iterable[Inline]) -> str:
    return "".join(
        inline.text if isinstance(inline, Run) else " " if isinstance(inline, Break) else "" for inline in inlines
    )


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for inside in (block.blocks,) if isinstance(block, Quote) else block.items:
                yield from _paragraphs(inside)
