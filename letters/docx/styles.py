"""The styles of the letter, by Word's own names where it has some: the PDF's ink, accent and proportions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import icu

from letters.docx.markup import el, twips
from letters.pdf.writing import Writing

INK, ACCENT, MUTED, RULE, WARNING = "211E1A", "17495A", "5D574E", "C9C2B4", "9A1F1B"
ITALIC_SCRIPTS = {"Latn", "Grek", "Cyrl"}
EAST_ASIAN = {"Hans", "Hant", "Jpan", "Kore"}
# Type size and least line height in points. "At least" stands whatever font Word puts in for a missing one
MEASURES = {"Arab": (12, 20.5), "Hebr": (12, 20), **dict.fromkeys(EAST_ASIAN, (10.5, 18.5))}


@dataclass(frozen=True)
class Style:
    """A paragraph style. `size` is a multiple of the letter's, distances are points, `rule` a line below,
    `stop` a tab at whose left the text ends.

    `level` is the outline level from 1, `own` a style that Word does not know by this name.
    """

    name: str
    size: float = 1
    bold: bool = False
    italic: bool = False
    sans: bool = False
    colour: str = ""
    before: float = 0
    after: float = 7
    start: float = 0
    end: float = 0
    hanging: float = 0
    align: str = ""
    tab: float = 0
    stop: float = 0
    rule: str = ""
    with_next: bool = False
    whole: bool = False
    level: int = 0
    own: bool = False

    @property
    def id(self) -> str:
        return self.name.title().replace(" ", "")


LOGOS = Style("Logos", after=12, with_next=True, own=True)
LETTERHEAD = Style("Letterhead", 1.2, True, sans=True, colour=ACCENT, after=24, rule=ACCENT, own=True)
COURTESY = Style("Courtesy Translation", 0.8, sans=True, colour=MUTED, after=14, own=True)
DATE = Style("Date", align="right", after=18)
RECIPIENT = Style("Recipient", after=10, whole=True, own=True)
COPY = Style("Copy", 0.88, after=2, start=68, hanging=68, tab=68, own=True)
RE_LINE = Style("Subject Line", before=12, after=12, own=True)
TITLE = Style("Title", 1.36, True, colour=ACCENT, after=14, with_next=True, whole=True)
SALUTATION = Style("Salutation", with_next=True)
BODY = Style("Body Text")
HEADING_1 = Style("heading 1", 1.14, True, colour=ACCENT, before=14, after=5, with_next=True, whole=True, level=1)
HEADING_2 = Style("heading 2", 1.04, True, colour=ACCENT, before=12, after=4, with_next=True, whole=True, level=2)
BULLET = Style("List Bullet", after=3)
NUMBER = Style("List Number", after=3)
CONTINUED = Style("List Continue", after=3)
QUOTE = Style("Quote", italic=True, before=3, start=18, end=18)
CLOSING = Style("Closing", before=10, with_next=True, whole=True)
UNDERSIGNED = Style("Undersigned", 1.04, True, colour=ACCENT, before=16, after=3, with_next=True, own=True)
COUNT = Style("Count", italic=True, after=16, own=True)
SIGNER = Style("Signature Line", after=3, rule=RULE, own=True)
ANNEX = Style("Annex Heading", 1.4, True, colour=ACCENT, after=3, with_next=True, level=1, own=True)
LEAD = Style("Annex Note", 0.82, sans=True, colour=MUTED, after=12, rule=RULE, own=True)
COUNTRY = Style(
    "Country", 0.76, True, sans=True, colour=ACCENT, before=7, after=2, rule=RULE, with_next=True, level=2, own=True
)
SIGNATORY = Style("Signatory", 0.74, sans=True, after=1.5, start=8, hanging=8, whole=True, own=True)
WITHHELD = Style("Names Withheld", 0.74, italic=True, sans=True, before=8, own=True)
SEAL = Style("Seal", 0.68, sans=True, colour=MUTED, before=4, after=0, own=True)
NOTE = Style("footnote text", 0.8, after=2)
HEADER = Style("header", 0.76, True, sans=True, colour=WARNING, align="center", after=0)
FOOTER = Style("footer", 0.7, sans=True, colour=MUTED, after=0, stop=453.5)  # the text's width

# What the body is written in, with the element of letters.body's schema each stands for
BODY_STYLES = {
    BODY: "p", HEADING_1: "h2", HEADING_2: "h3", BULLET: "ul", NUMBER: "ol", CONTINUED: "li", QUOTE: "blockquote",
}  # fmt: skip
# What of the letter stands around its body
FRAME_STYLES = (
    LOGOS, LETTERHEAD, COURTESY, DATE, RECIPIENT, COPY, RE_LINE, TITLE, SALUTATION, CLOSING, UNDERSIGNED, COUNT, SIGNER,
    ANNEX, LEAD, COUNTRY, SIGNATORY, WITHHELD, SEAL,
)  # fmt: skip
# For mammoth, which reads our own file back: the body as HTML that letters.body.clean knows, and nothing around it.
# What it cannot tell: the first number of a list, and where a quote or a second paragraph stands in lists of lists.
STYLE_MAP = "\n".join(
    [
        f"p[style-name='{HEADING_1.name}'] => h2:fresh",
        f"p[style-name='{HEADING_2.name}'] => h3:fresh",
        f"p[style-name='{QUOTE.name}'] => blockquote > p:fresh",
        f"p[style-name='{CONTINUED.name}'] => ul|ol > li > p:fresh",
        *[f"p[style-name='{style.name}'] => !" for style in FRAME_STYLES],
    ]
)
NOT_PROSE = {LEAD, COUNTRY, SIGNATORY, WITHHELD, SEAL, NOTE, HEADER, FOOTER}  # as close as their small type allows
NOTE_CALL, LINK = "FootnoteReference", "Hyperlink"


def measures(writing: Writing) -> tuple[float, float]:
    """Type size and line height of the letter, in points."""
    size, line = MEASURES.get(writing.script, (10.5, 15.8))
    return size, 26.5 if writing.serif == "Noto Nastaliq Urdu" else line


def stylesheet(writing: Writing, language: str) -> list[Any]:
    """The children of w:styles."""
    size, line = measures(writing)
    defaults = el(
        "rPr",
        _fonts(writing, sans=False),
        el("color", val=INK),
        *_sizes(size),
        el("lang", **_languages(writing, language)),
    )
    paragraph = el("pPr", *_direction(writing), el("spacing", after=140, line=twips(line), lineRule="atLeast"))
    return [
        el("docDefaults", el("rPrDefault", defaults), el("pPrDefault", paragraph)),
        el("style", el("name", val="Normal"), el("qFormat"), type="paragraph", default=1, styleId="Normal"),
        *[
            _paragraph_style(style, writing, size, line)
            for style in (*BODY_STYLES, *FRAME_STYLES, NOTE, HEADER, FOOTER)
        ],
        *_character_styles(),
    ]


def _paragraph_style(style: Style, writing: Writing, size: float, line: float) -> Any:
    own = {"customStyle": 1} if style.own else {}
    return el(
        "style",
        el("name", val=style.name),
        el("basedOn", val="Normal"),
        *([el("next", val=BODY.id)] if style.level and style is not COUNTRY else []),
        el("qFormat"),
        _paragraph_properties(style, writing, line),
        _run_properties(style, writing, size),
        type="paragraph",
        **own,
        styleId=style.id,
    )


def _paragraph_properties(style: Style, writing: Writing, line: float) -> Any:
    distances: dict[str, object] = {"before": twips(style.before), "after": twips(style.after)}
    if style in NOT_PROSE:
        distances |= {"line": twips(line * style.size), "lineRule": "atLeast"}
    indents = {"left": twips(style.start), "right": twips(style.end)}
    if style.hanging:
        indents["hanging"] = twips(style.hanging)
    elif style is BODY and writing.script in ("Hans", "Hant", "Jpan"):
        wide = 1 if writing.script == "Jpan" else 2
        indents |= {"firstLineChars": 100 * wide, "firstLine": twips(wide * measures(writing)[0])}
    line_below = {"val": "single", "sz": 4, "space": 4 if style.size > 1 else 1, "color": style.rule}
    rules = [el("bottom", **line_below), el("between", **line_below)]  # without the second, neighbours share one
    return el(
        "pPr",
        *([el("keepNext")] if style.with_next else []),
        *([el("keepLines")] if style.whole else []),
        *([el("pBdr", *rules)] if style.rule else []),
        *([el("tabs", el("tab", val="left", pos=twips(style.tab)))] if style.tab else []),
        *([el("tabs", el("tab", val="right", pos=twips(style.stop)))] if style.stop else []),
        *_direction(writing),
        el("spacing", **distances),
        el("ind", **indents),
        *([el("jc", val=style.align)] if style.align else []),
        *([el("outlineLvl", val=style.level - 1)] if style.level else []),
    )


def _run_properties(style: Style, writing: Writing, size: float) -> Any:
    """Only scripts that have an italic get one; Word would slant the others by force."""
    return el(
        "rPr",
        *([_fonts(writing, sans=True)] if style.sans else []),
        *([el("b"), el("bCs")] if style.bold else []),
        *([el("i"), el("iCs")] if style.italic and writing.script in ITALIC_SCRIPTS else []),
        *([el("color", val=style.colour)] if style.colour else []),
        *_sizes(size * style.size),
    )


def _character_styles() -> list[Any]:
    named = [("Default Paragraph Font", "DefaultParagraphFont"), ("footnote reference", NOTE_CALL), ("Hyperlink", LINK)]
    default, call, link = (el("style", el("name", val=name), type="character", styleId=id_) for name, id_ in named)
    default.extend([el("semiHidden")])
    call.extend([el("rPr", el("vertAlign", val="superscript"))])
    link.extend([el("rPr", el("color", val=ACCENT), el("u", val="single"))])
    return [default, call, link]


def _fonts(writing: Writing, *, sans: bool) -> Any:
    """Word's four places for fonts; text in a script that has none of them brings its own (letters.docx.pen)."""
    own = writing.sans if sans else writing.serif
    is_east_asian = writing.script in EAST_ASIAN
    western = "Noto Sans" if sans else "Noto Serif"
    return el(
        "rFonts",
        ascii=western,
        hAnsi=western,
        eastAsia=own if is_east_asian else f"{western} CJK SC",
        cs=western if is_east_asian else own,
    )


def _sizes(size: float) -> list[Any]:
    return [el("sz", val=round(size * 2)), el("szCs", val=round(size * 2))]


def _direction(writing: Writing) -> list[Any]:
    return [el("bidi")] if writing.direction == "rtl" else []


def _languages(writing: Writing, language: str) -> dict[str, object]:
    """The language in its place of w:lang's three, with the region Word expects to find the spelling checker."""
    tag = "en-GB" if language == "en" else regional(language)
    if writing.direction == "rtl":
        return {"val": "en-GB", "bidi": tag}
    return {"val": "en-GB", "eastAsia": tag} if writing.script in EAST_ASIAN else {"val": tag}


def regional(language: str) -> str:
    """Return "fr-FR" for "fr", "zh-TW" for "zh-Hant": the likeliest region (CLDR), the script where it tells more."""
    locale = icu.Locale(icu.Locale.forLanguageTag(language).getName())
    script = "" if locale.getLanguage() == "zh" else locale.getScript()
    locale.addLikelySubtags()
    return "-".join(part for part in (locale.getLanguage(), script, locale.getCountry()) if part)
