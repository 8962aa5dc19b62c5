"""Typographic quotes, dashes, dots and spaces, as a language sets them: on demand, never on the quiet.

Only signs that the canonical form folds are put in place of one another, so what is signed stays the same. Where a
language's own rule would change the digest (Japanese corner brackets, Chinese dashes), the rule loses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import icu

from letters import canonical
from letters.body.model import Block, Break, Inline, Listing, Note, Paragraph, Quote, Run, tidy, write
from letters.body.reading import clean, read

NO_BREAK, NARROW = "\u00a0", "\u202f"
NOTE = "\ufffc"  # where a footnote is called, as the text is read here
# Addresses, file names and the like; whatever stands between backticks; options of a command
CODE = re.compile(
    r"`[^`\n]*`|(?:https?://|www\.)[^\s\"'«»“”‘’<>]+|\w[\w.+'-]*@[\w.-]+\w|(?<!\S)--?\w[^\s]*|\S*[\\{}=<>|^~_]\S*"
)
# Quotation marks where custom is another than CLDR's first choice: outer, then inner
CUSTOM = {"ar": ("«»", "“”"), "es": ("«»", "“”"), "fr": ("«»", "“”")}
LONG_DASHES = {"ru", "uk", "be", "bg"}
NO_SPACES = {"zh", "ja", "yue"}  # their dashes and dots are double, and other signs to the canonical form
QUOTES = "\"'“”„‟«»‘’‚‛‹›׳״"
OPENERS, CLOSERS = set("([{–—/-¿¡"), set(")]}.,;:!?…–—/-%") | set("،؛؟。，、；：！？）」』》")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
DASH = re.compile(r"(?<=[^\s\ufffc«])([ \u00a0\u202f]+)(-{1,3})(?=[ \u00a0\u202f]+[^\s;:!?»])")
HIGH_MARK = re.compile(r"(?<=[^\s\ufffc«;:!?])([ \u00a0\u202f]*)([;:!?]+)(?=[\s\ufffc»”’\"')\]]|$)")
INSIDE_OPENING = re.compile(r"«([ \u00a0\u202f]*)(?=[^\s\ufffc;:!?»])")
INSIDE_CLOSING = re.compile(r"(?<=[^\s\ufffc«])([ \u00a0\u202f]*)»")


@dataclass(frozen=True)
class Counts:
    """How many signs were set: quotation marks and apostrophes, dashes, spaces, rows of three dots."""

    quotes: int = 0
    dashes: int = 0
    spaces: int = 0
    dots: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.quotes + other.quotes,
            self.dashes + other.dashes,
            self.spaces + other.spaces,
            self.dots + other.dots,
        )

    def __bool__(self) -> bool:
        return self != Counts()


def typographic(body_html: str, language: str) -> tuple[str, Counts]:
    """Return a clean body set as its language (BCP 47) asks, and what was done. Idempotent; the digest stays.

    A quotation may open in bold and close outside. Addresses, what looks like code, and marks that are typographic
    already are left alone; so is a straight quote without a partner.
    """
    setter = _Setter(_Rules.of(language))
    blocks = [setter.block(block) for block in read(body_html)]
    return (clean(write(blocks)), setter.counts) if setter.counts else (body_html, setter.counts)


def typographic_line(text: str, language: str) -> tuple[str, Counts]:
    """The same for a title, a salutation or a closing: plain text that may have line breaks."""
    pieces, counts = _set(text, [""] * len(text), _Rules.of(language))
    done = "".join(pieces)
    return (done, counts) if canonical.fold(done) == canonical.fold(text) else (text, Counts())


@dataclass(frozen=True)
class _Rules:
    """What a language asks for. `dash` "" and `dots` False: left alone; a space "": none is put there."""

    outer: str
    inner: str
    single: str
    dash: str
    dots: bool
    before_colon: str
    before_mark: str
    inside_quotes: str
    in_word: str  # what a double quote between two letters is: in Hebrew, the sign of an abbreviation
    apostrophe: str

    @classmethod
    def of(cls, language: str) -> _Rules:
        name = language.lower().partition("-")[0]
        outer, inner, single = _marks(language, name)
        is_french, is_canadian = name == "fr", language.lower() == "fr-ca"
        return cls(
            outer=outer,
            inner=inner,
            single=single,
            dash="" if name in NO_SPACES else "—" if name in LONG_DASHES else "–",
            dots=name not in NO_SPACES,
            before_colon=NO_BREAK if is_french else "",
            before_mark=NARROW if is_french and not is_canadian else "",
            inside_quotes=NO_BREAK if is_french else "",
            in_word="״" if name == "he" else "",
            apostrophe="׳" if name == "he" else "’",
        )


def _marks(language: str, name: str) -> tuple[str, str, str]:
    """Outer, inner and single marks (CLDR, UTS #35 part 2, delimiters), those that the canonical form can tell apart.

    A straight double quote may only become what folds to one; where CLDR has nothing of the kind, English serves.
    """
    data = icu.LocaleData(icu.Locale.forLanguageTag(language).getName())
    pairs = [data.getDelimiter(0) + data.getDelimiter(1), data.getDelimiter(2) + data.getDelimiter(3)]
    double = [pair for pair in pairs if canonical.fold(pair) == '""'] or ["“”"]
    single = [pair for pair in pairs if canonical.fold(pair) == "''"] or ["‘’"]
    outer, inner = CUSTOM.get(language.lower() if name == "es" else name, (double[0], double[-1]))
    return outer, inner, single[0]


@dataclass
class _Setter:
    rules: _Rules
    counts: Counts = field(default_factory=Counts)

    def block(self, block: Block) -> Block:
        if isinstance(block, Listing):
            return replace(block, items=tuple(tuple(map(self.block, item)) for item in block.items))
        if isinstance(block, Quote):
            return replace(block, blocks=tuple(map(self.block, block.blocks)))
        done, counts = self.inlines(block.inlines)
        changed = Paragraph(block.kind, tidy(done))
        if canonical.body_digest(write([changed])) != canonical.body_digest(write([block])):
            return block
        self.counts += counts
        return changed

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[list[Inline], Counts]:
        """The runs read as one text, set, and cut at the same places again."""
        said_by = [
            inline.text if isinstance(inline, Run) else "\n" if isinstance(inline, Break) else NOTE
            for inline in inlines
        ]
        owners = [number for number, said in enumerate(said_by) for _character in said]
        hrefs = [inline.href if isinstance(inline, Run) else "" for inline in inlines]
        pieces, counts = _set("".join(said_by), [hrefs[owner] for owner in owners], self.rules)
        said_by = [""] * len(inlines)
        for owner, piece in zip(owners, pieces, strict=True):
            said_by[owner] += piece
        found: list[Inline] = []
        for inline, said in zip(inlines, said_by, strict=True):
            if isinstance(inline, Note):
                runs, inside = self.inlines(inline.runs)
                found.append(Note(tuple(run for run in tidy(runs) if isinstance(run, Run))))
                counts += inside
            else:
                found.append(inline.saying(said) if isinstance(inline, Run) else inline)
        return found, counts


def _set(text: str, hrefs: list[str], rules: _Rules) -> tuple[list[str], Counts]:
    """For each character what stands in its place, and the counts. `hrefs`: where each leads to, "" for nowhere."""
    code = [False] * len(text)
    for match in CODE.finditer(text):
        code[match.start() : match.end()] = [True] * len(match[0])
    pieces = list(text)
    quotes = _quotes(text, code, rules)
    for position, mark in quotes.items():
        pieces[position] = mark
    dots = _dots(text, hrefs, code, pieces) if rules.dots else 0
    dashes = _dashes(text, code, pieces, rules)
    spaces = _spaces("".join(piece or "\u200c" for piece in pieces), hrefs, code, pieces, rules)
    return pieces, Counts(len(quotes), dashes, spaces, dots)


def _dots(text: str, hrefs: list[str], code: list[bool], pieces: list[str]) -> int:
    count = 0
    for match in DOTS.finditer(text):
        first, last = match.start(), match.end() - 1
        if hrefs[first] == hrefs[last] and not any(code[first : last + 1]):
            pieces[first : last + 1] = ["…", "", ""]
            count += 1
    return count


def _dashes(text: str, code: list[bool], pieces: list[str], rules: _Rules) -> int:
    count = 0
    for match in DASH.finditer(text) if rules.dash else ():
        start, end = match.span(2)
        if not any(code[start:end]):
            pieces[start:end] = [rules.dash, *[""] * (end - start - 1)]
            if rules.dash == "—":  # Russian custom: it begins no line
                pieces[match.start(1) : match.end(1)] = [NO_BREAK, *[""] * (len(match[1]) - 1)]
            count += 1
    return count


def _spaces(text: str, hrefs: list[str], code: list[bool], pieces: list[str], rules: _Rules) -> int:
    """Put the spaces of French where they belong, in `text` as it now reads."""
    count = 0
    for pattern, space_of in (
        (INSIDE_OPENING, lambda _mark: rules.inside_quotes),
        (INSIDE_CLOSING, lambda _mark: rules.inside_quotes),
        (HIGH_MARK, lambda mark: rules.before_colon if mark[0] == ":" else rules.before_mark),
    ):
        for match in pattern.finditer(text):
            space = space_of(match[match.re.groups])
            start, end = match.span(1)
            if not space or match[1] == space or any(code[max(start - 1, 0) : match.end()]):
                continue
            mark, word = (start - 1, start) if pattern is INSIDE_OPENING else (start, start - 1)
            if match[1]:
                pieces[start:end] = [space, *[""] * (end - start - 1)]
            elif hrefs[mark] not in ("", hrefs[word]):  # a link begins or ends between them: not folded there
                continue
            else:
                pieces[mark] = pieces[mark] + space if mark < word else space + pieces[mark]
            count += 1
    return count


def _quotes(text: str, code: list[bool], rules: _Rules) -> dict[int, str]:
    """What stands for each straight quote that is to be replaced, by position."""
    straight = [at for at, character in enumerate(text) if character in "\"'" and not code[at]]
    places = {at: _place(text, at) for at in straight}
    found = _paired([at for at in straight if text[at] == '"'], places, rules)
    for at in straight:
        is_in_word = text[:at][-1:].isalpha() and text[at + 1 : at + 2].isalpha()
        if at not in found and text[at] == '"' and rules.in_word and is_in_word:
            found[at] = rules.in_word
    singles = [at for at in straight if text[at] == "'"]
    found |= _paired(
        singles, {at: places[at] for at in singles}, replace(rules, outer=rules.single, inner=rules.single)
    )
    for at in singles:
        after = text[at + 1 : at + 2]
        is_measure = text[:at][-1:].isdigit() and (places[at][1] or after.isdigit())  # feet, or minutes of arc
        if at not in found and not is_measure and places[at] != (True, True):
            found[at] = rules.apostrophe
    return found


def _place(text: str, at: int) -> tuple[bool, bool]:
    """Whether a quotation could open here, and whether one could close, whatever other marks stand beside it."""
    before = text[:at].rstrip(QUOTES)[-1:]
    after = text[at + 1 :].lstrip(QUOTES)[:1]
    opens = not before or before.isspace() or before in OPENERS
    closes = not after or after.isspace() or after in CLOSERS or after == NOTE
    if _is_ideograph(before) or _is_ideograph(after):  # no spaces there to tell by
        return True, True
    return opens, closes


def _is_ideograph(character: str) -> bool:
    return bool(character) and icu.Script.getScript(character).getShortName() in ("Hani", "Hira", "Kana", "Bopo")


def _paired(positions: Iterable[int], places: dict[int, tuple[bool, bool]], rules: _Rules) -> dict[int, str]:
    """Openings with their closings; a quote without a partner is left out. Inner marks inside outer ones."""
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at in positions:
        opens, closes = places[at]
        if closes and waiting:
            pairs.append((waiting.pop(), at))
        elif opens:
            waiting.append(at)
    found: dict[int, str] = {}
    for first, last in pairs:
        depth = sum(one < first and last < other for one, other in pairs)
        marks = rules.inner if depth % 2 else rules.outer
        found[first], found[last] = marks[0], marks[1]
    return found
