"""What we change in WeasyPrint. Only the child process does, to itself, and only in the versions named here.

`hasten` saves time and memory and alters no byte: `python -m bench.pdf` shows the gain and
tests/letters/test_pdf_patches.py compares the bytes. `repair` is the opposite: it changes what is written, because
text could not be read back.
With any other version neither is applied and the engine runs as it comes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

logger = logging.getLogger(__name__)

VERSIONS = ("70.0", "0.13.0")  # of WeasyPrint and pydyf
# Indic, Thai, Lao, Tibetan, Burmese, Khmer: glyphs there stand for parts of syllables, in another order than the text
REORDERED = re.compile("[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff]")


def fit(weasyprint: Any) -> bool:
    """Whether these are the versions the patches were made and tested for."""
    import pydyf

    found = (weasyprint.VERSION, pydyf.VERSION)
    if found != VERSIONS:
        logger.warning("WeasyPrint %s with pydyf %s: running without the patches made for %s and %s", *found, *VERSIONS)
    return found == VERSIONS


def repair() -> None:
    """Write the text beside the glyphs (/ActualText) where they cannot be turned back into it, so that names in
    Devanagari or Thai are found, copied and read aloud. Not for Arabic: readers turn that around a second time."""
    import pydyf
    from weasyprint.pdf.stream import Stream

    stock = Stream.marked

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with stock(stream, box, tag):
            text = getattr(box, "text", "")
            if stream._tags is not None and REORDERED.search(text):
                properties = stream.stream[-2]  # of the BDC operator just written
                properties["ActualText"] = pydyf.String(text)
            yield

    Stream.marked = marked


def hasten(weasyprint: Any) -> tuple[Any, list[str]]:
    """Apply what is faster; return the HTML class to use from now on and the names of the patches."""
    remember_page_references()
    measure_no_columns()
    return html_with_fewer_pseudo_elements(weasyprint), ["page_references", "columns", "pseudo_elements"]


def remember_page_references() -> None:
    """Tagging asks for every page's reference at every structure element, and the list is built anew each time: the
    cost grows with pages times elements. Keep it until a page is added. Saves 5 % of 10,000 names, more of more."""
    import pydyf

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        numbers = pdf.pages["Kids"]
        known: tuple[bytes, ...] = pdf.__dict__.get("_page_references", ())
        if len(known) * 3 != len(numbers):
            known = pdf.__dict__["_page_references"] = tuple(b"%d 0 R" % number for number in numbers[::3])
        return known

    pydyf.PDF.page_references = property(page_references)


def measure_no_columns() -> None:
    """Columns are laid out twice, first to find the height at which they balance. Columns filled one after the other
    (`column-fill: auto`) without footnotes take the whole height whatever the first pass says, so answer it with an
    empty box. Saves half of all line layouts of a long roll, a fifth of the time."""
    from weasyprint.layout import block, column

    stock = column.columns_layout

    def columns_layout(context: Any, box: Any, *arguments: Any) -> Any:
        footnotes = context.footnotes or context.current_page_footnotes or context.reported_footnotes
        spanned = any(child.style["column_span"] == "all" for child in box.children)
        if box.style["column_fill"] != "auto" or footnotes or spanned or not box.children:
            return stock(context, box, *arguments)
        lay_out = block.block_box_layout
        waiting = True

        def first_answer_is_empty(context: Any, box: Any, *arguments: Any, **options: Any) -> Any:
            nonlocal waiting
            if not waiting:
                return lay_out(context, box, *arguments, **options)
            waiting = False
            block.block_box_layout = lay_out  # nested boxes are laid out as ever
            return box.copy_with_children([]), None, {"break": "any", "page": None}, [], False, None

        # columns_layout imports the function from the module each time it is called, so it takes this one
        block.block_box_layout = first_answer_is_empty
        try:
            return stock(context, box, *arguments)
        finally:
            block.block_box_layout = lay_out

    column.columns_layout = block.columns_layout = columns_layout


def html_with_fewer_pseudo_elements(weasyprint: Any) -> Any:
    """The built-in style sheet has universal rules for list markers and notes, so every element of a roll gets six
    more computed styles that nothing uses. Say which elements can have them: footnotes and the lists in the body.
    Saves a quarter of the memory of 10,000 names and a tenth of the time of few."""
    scopes = {"::marker": ".body li", "::footnote-": ".fn", "::note-": None}
    rules = []
    for rule in (files("weasyprint.css") / "html5_ua.css").read_text().splitlines():
        scope = next((scope for start, scope in scopes.items() if rule.startswith(start)), "")
        if scope is not None:
            rules.append(scope + rule)
    style_sheet = weasyprint.CSS(string="\n".join(rules), counter_style=weasyprint.html.UA_COUNTER_STYLE.copy())

    class HTML(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [style_sheet]

    return HTML
