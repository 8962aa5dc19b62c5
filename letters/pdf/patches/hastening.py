"""What the engine need not do, or not twice: each saves time or memory and alters no byte."""

from __future__ import annotations

import importlib
import re
import sys
from importlib.resources import files
from types import ModuleType
from typing import Any


def load_fonttools_late() -> None:
    """To be called before the engine is loaded. It loads fontTools, which takes a third of its loading, and needs it
    for variable fonts and for pictures in fonts only. Saves 7 % of the time of 750 names."""
    names = ["fontTools", *(f"fontTools.{part}" for part in ("subset", "ttLib", "varLib", "varLib.instancer"))]

    class Later:
        def __init__(self, module: str, name: str) -> None:
            self._found = lambda: getattr(self._loaded(module), name)

        def _loaded(self, module: str) -> Any:
            for one in names:
                if isinstance(sys.modules.get(one), StandIn):
                    del sys.modules[one]
            return importlib.import_module(module)

        def __call__(self, *arguments: Any, **options: Any) -> Any:
            return self._found()(*arguments, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._found(), name)

    class StandIn(ModuleType):
        def __getattr__(self, name: str) -> Any:
            if name.endswith("Error"):  # stands in "except", so it has to be one
                return Exception
            return Later(self.__name__, name)

    sys.modules.update({name: StandIn(name) for name in names if name not in sys.modules})


LIBRARIES = {  # as the engine calls them, and as the loader does; a name that begins like another stands before it
    "gobject-2.0": "libgobject-2.0.so.0",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "harfbuzz-vector": "libharfbuzz-vector.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "fontconfig": "libfontconfig.so.1",
}


def know_libraries_by_name() -> None:
    """To be called before the engine is loaded. It tries up to six names for each library, and for each name Python
    asks ldconfig, a C compiler and a linker: fifty programs for every document. Saves 8 % of the time of 750 names, and
    no other program is started by a process that reads what strangers have written."""
    from ctypes import util

    stock = util.find_library

    def find_library(name: str) -> str | None:
        plain = name.removeprefix("lib")
        return next((file for stem, file in LIBRARIES.items() if plain.startswith(stem)), None) or stock(name)

    if sys.platform == "linux":
        util.find_library = find_library


def hasten(weasyprint: Any) -> tuple[Any, list[str]]:
    """Apply what is faster; return the HTML class to use from now on and the names of the patches."""
    remember_page_references()
    measure_no_columns()
    resolve_lengths_once()
    parse_array_types_once()
    copy_no_font()
    html = html_with_fewer_pseudo_elements(weasyprint)
    return html, ["page_references", "columns", "lengths", "array_types", "fonts", "pseudo_elements"]


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


def resolve_lengths_once() -> None:
    """Margins, paddings, borders and sizes are worked out anew for every box. Where all of a style’s are plain lengths
    they are the same wherever its boxes stand, so keep them with the style. For block and inline boxes only: flex and
    grid, which we do not use, change styles while they lay out. Saves 5 % of the time."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.layout import block, inline, percent

    stock = percent.resolve_percentages
    sides = [f"{part}_{side}" for part in ("margin", "padding") for side in ("top", "right", "bottom", "left")]
    lengths = [*sides, "width", "height", "max_width", "max_height", "min_width", "min_height"]
    borders = [f"border_{side}_width" for side in ("top", "right", "bottom", "left")]
    unusual = {"box_sizing": INITIAL_VALUES["box_sizing"], "border_collapse": INITIAL_VALUES["border_collapse"]}

    def resolved(style: Any) -> dict[str, Any]:
        values = {name: style[name] for name in lengths}
        if any(style[name] != value for name, value in unusual.items()):
            return {}
        if any(value != "auto" and getattr(value, "unit", "") != "px" for value in values.values()):
            return {}
        plain = {name: value if value == "auto" else value.value for name, value in values.items()}
        plain |= {name: 0 for name in ("min_width", "min_height") if plain[name] == "auto"}
        return plain | {name: style[name] for name in borders}

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        known = style.__dict__.get("_resolved")
        if known is None:
            known = style.__dict__["_resolved"] = resolved(style)
        if known:
            box.__dict__.update(known)
        else:
            stock(box, containing_block)

    block.resolve_percentages = inline.resolve_percentages = resolve_percentages


def parse_array_types_once() -> None:
    """Subsetting makes C arrays of types that name their length, and cffi takes each for a new type to be parsed, with
    a C parser written in Python. Give the length apart from the type. Saves a tenth of the time of few names."""
    from weasyprint.pdf import fonts

    stock = fonts.ffi

    class Arrays:
        def __getattr__(self, name: str) -> Any:
            return getattr(stock, name)

        def new(self, kind: str, value: Any = None) -> Any:
            sized = re.fullmatch(r"(\w+)\[(\d+)\]", kind)
            if not sized:
                return stock.new(kind) if value is None else stock.new(kind, value)
            return stock.new(f"{sized[1]}[]", int(sized[2]) if value is None else value)

    fonts.ffi = Arrays()


def copy_no_font() -> None:
    """Each font file is copied into Python’s memory, a Chinese one of 20 MB for every size it is used in, and then only
    the subset is written. Copy it when it is asked for. Saves half of the memory of 750 names."""
    from weasyprint.pdf import fonts

    stock, read = fonts.Font.__init__, fonts.get_hb_object_data

    def init(font: Any, *arguments: Any) -> None:
        fonts.get_hb_object_data = lambda _face: None
        try:
            stock(font, *arguments)
        finally:
            fonts.get_hb_object_data = read

    def content(font: Any) -> Any:
        if font.__dict__["content"] is None:
            font.__dict__["content"] = read(font.hb_face)
        return font.__dict__["content"]

    fonts.Font.__init__ = init
    fonts.Font.file_content = property(content, lambda font, value: font.__dict__.update(content=value))


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
