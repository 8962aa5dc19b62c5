"""What is written otherwise than the engine would, so that readers find the words, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Indic, Thai, Lao, Tibetan, Burmese, Khmer: glyphs there stand for parts of syllables, in another order than the text;
# and heaps of marks, which readers put elsewhere
REORDERED = re.compile("[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff]|[\u0300-\u036f]{3}")


def repair() -> None:
    """Mend what keeps a reader from the words, or has a screen reader say what is none."""
    write_text_beside_glyphs()
    say_languages()
    set_furniture_apart()
    break_words_where_lines_begin()
    keep_names_whole()


def write_text_beside_glyphs() -> None:
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


def say_languages() -> None:
    """Say of each part in which language it is, where that is not the document's (/Lang), and leave the furniture out
    of the structure."""
    import pydyf
    from weasyprint.formatting_structure.boxes import MarginBox
    from weasyprint.pdf import tags

    stock = tags._build_box_tree

    def build(box: Any, *arguments: Any) -> Iterator[Any]:
        if isinstance(box, MarginBox):
            return
        language = None if box.element is None else box.element.get("lang")
        for element in stock(box, *arguments):
            if language and box.element_tag not in ("html", "body"):
                element["Lang"] = pydyf.String(language)
            yield element

    tags._build_box_tree = build


def set_furniture_apart() -> None:
    """Mark running heads and page numbers as artifacts, which nobody wants read out on every page."""
    import pydyf
    from weasyprint import draw
    from weasyprint.formatting_structure.boxes import MarginBox

    stock = draw.draw_stacking_context

    def draw_stacking_context(stream: Any, context: Any) -> None:
        if stream._tags is None or not isinstance(context.box, MarginBox):
            stock(stream, context)
            return
        tags, stream._tags = stream._tags, None
        stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        try:
            stock(stream, context)
        finally:
            stream.end_marked_content()
            stream._tags = tags

    draw.draw_stacking_context = draw_stacking_context


def break_words_where_lines_begin() -> None:
    """A word that is longer than a line may be broken anywhere (`overflow-wrap`), but only where it begins the line:
    any other goes to the next one. The engine takes the first words inside an inline box for the beginning of the line,
    and broke "Harb-our" in a name that has a box of its own."""
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout import inline

    split_inline, split_text = inline.split_inline_box, inline.split_text_box

    def split_inline_box(context: Any, box: Any, position_x: float, *arguments: Any) -> Any:
        if not isinstance(box, LineBox):
            return split_inline(context, box, position_x, *arguments)
        outer = context.__dict__.get("_line_begins")  # of the line that a block within it stands in
        context._line_begins = position_x
        try:
            return split_inline(context, box, position_x, *arguments)
        finally:
            context._line_begins = outer

    def split_text_box(context: Any, box: Any, width: float, skip: Any, is_line_start: bool = True) -> Any:
        at = context.__dict__.get("_line_begins")
        begins = is_line_start and (at is None or box.position_x - at < 1)
        return split_text(context, box, width, skip, is_line_start=begins)

    inline.split_inline_box, inline.split_text_box = split_inline_box, split_text_box


def keep_names_whole() -> None:
    """In running text a name may turn a line, but no column and no page: the break goes before the line in which the
    name begins. CSS has words for this only where a name is a box of its own."""
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout import block

    iterate, break_line, find_earlier = block.iter_line_boxes, block._break_line, block.find_earlier_page_break

    def iter_line_boxes(context: Any, box: Any, *arguments: Any) -> Iterator[Any]:
        for line, resume_at in iterate(context, box, *arguments):
            line.of = box
            yield line, resume_at

    def break_line_between_names(
        context: Any, box: Any, line: Any, lines: list[Any], needed: int, *arguments: Any
    ) -> Any:
        while needed < len(lines) and _ends_within_name(lines[-needed - 1]):
            needed += 1
        return break_line(context, box, line, lines, needed, *arguments)

    def find_earlier_page_break(context: Any, children: Any, *placeholders: Any) -> Any:
        if not (children and isinstance(children[0], LineBox)):
            return find_earlier(context, children, *placeholders)
        kept = len(children) - children[0].style["widows"]
        while kept > 0 and _ends_within_name(children[kept - 1]):
            kept -= 1
        if kept < children[0].style["orphans"]:
            return None
        block.remove_placeholders(context, children[kept:], *placeholders)
        return children[:kept], {0: children[kept - 1].resume_at}

    block.iter_line_boxes, block._break_line = iter_line_boxes, break_line_between_names
    block.find_earlier_page_break = find_earlier_page_break


def _ends_within_name(line: Any) -> bool:
    """Whether what follows the line goes on with a name of a list that is set in running text."""
    from weasyprint.formatting_structure.boxes import ParentBox

    box, rest = line.of, line.resume_at
    if "run" not in box.element.get("class", "").split():
        return False
    while rest and isinstance(box, ParentBox):  # at last rest says where a text goes on
        if box.element_tag == "bdi":
            return _has_begun(rest)
        ((place, rest),) = rest.items()
        box = box.children[place]
    return False


def _has_begun(rest: Any) -> bool:
    while rest:
        ((place, rest),) = rest.items()
        if place:
            return True
    return False
