"""The body as shown: footnotes numbered and linked on a page, floated by the typesetter in print."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters.body.model import Block, Listing, Note, Paragraph, Quote, escape, start_tag, write_inlines
from letters.body.reading import read


class Page(NamedTuple):
    """A body for the web, and its notes (a section.footnotes, or "") to be put below the closing."""

    text: str
    notes: str


def for_page(html: str, prefix: str = "", first: int | None = None) -> Page:
    """A clean body for the web: footnotes are linked numbers, and a list of notes with links back.

    `prefix` begins the ids, for two bodies on one page; `first` is the number of the first footnote of a piece of a
    body, whose notes are no landmark: there may be many. Both parts are safe to mark as such.
    """
    return _page(html, prefix, first, get_language())


@lru_cache(maxsize=32)  # the page of a letter is made every second, its body once in a blue moon
def _page(html: str, prefix: str, first: int | None, language: str | None) -> Page:
    shown = _Shown(prefix, first)
    return Page(shown.blocks(read(html)), shown.notes())


def for_print(html: str) -> str:
    """A clean body for WeasyPrint: footnotes are `<span class="fn">the note</span>` at the call, to be floated."""
    return _Printed().blocks(read(html))


class _Printed:
    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<{block.kind}>{write_inlines(block.inlines, self.note)}</{block.kind}>"
        if isinstance(block, Quote):
            return f"<blockquote>{self.blocks(block.blocks)}</blockquote>"
        return f"{start_tag(block)}{''.join(map(self.item, block.items))}</{'ol' if block.ordered else 'ul'}>"

    def item(self, blocks: tuple[Block, ...]) -> str:
        """Only paragraphs among others need a tag of their own: a list of short points is set without gaps."""
        first, *rest = blocks
        if isinstance(first, Paragraph) and all(isinstance(block, Listing) for block in rest):
            return f"<li>{write_inlines(first.inlines, self.note)}{self.blocks(rest)}</li>"
        return f"<li>{self.blocks(blocks)}</li>"

    def note(self, note: Note) -> str:
        return f'<span class="fn">{write_inlines(note.runs)}</span>'


class _Shown(_Printed):
    def __init__(self, prefix: str, first: int | None) -> None:
        self.prefix = escape(prefix)
        self.is_piece = first is not None
        self.first = first or 1
        self.texts: list[str] = []

    def note(self, note: Note) -> str:
        number = self.first + len(self.texts)
        self.texts.append(write_inlines(note.runs))
        called = escape(_("Footnote %(number)s") % {"number": number})  # gettext finds no words inside an f-string
        return (
            f'<sup><a id="{self.prefix}fnref-{number}" href="#{self.prefix}fn-{number}" role="doc-noteref"'
            f' aria-label="{called}">{number}</a></sup>'
        )

    def notes(self) -> str:
        if not self.texts:
            return ""
        back = escape(_("Back to the text"))
        items = "".join(
            f'<li id="{self.prefix}fn-{number}">{text}'
            f' <a href="#{self.prefix}fnref-{number}" role="doc-backlink" aria-label="{back}">↩</a></li>'
            for number, text in enumerate(self.texts, start=self.first)
        )
        if self.is_piece:
            return f'<div class="footnotes"><ol start="{self.first}">{items}</ol></div>'
        label = escape(_("Footnotes"))
        return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}"><ol>{items}</ol></section>'
