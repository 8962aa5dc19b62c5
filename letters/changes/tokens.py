"""The words of a paragraph, each with what it is compared by and how it is written.

What is compared are pieces of the canonical form, so that words differ here if and only if what is signed differs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

import icu

from letters.body.model import Break, Inline, Note, Run
from letters.canonical import DASH_SPACE, FOLDED, INVISIBLE, MARK_SPACE, QUOTE_SPACE, SPACE, fold

# Characters of scripts without spaces in which single ones are words or nearly; letters.body counts them so too.
IDEOGRAM = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
Written = tuple[Run | Break, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a footnote. `key` is what it says, `space` what stands before it, both as they are compared.

    `gap` and `written` are the same as typeset. A footnote has its own tokens, and the key of every other footnote.
    `style` is "" unless styles are compared too.
    """

    key: str
    space: str = ""
    gap: Written = ()
    written: Written = ()
    href: str = ""
    style: str = ""
    note: tuple[Token, ...] | None = None

    @property
    def is_word(self) -> bool:
        return self.note is None and any(char.isalnum() for char in self.key)

    @property
    def is_spaced_word(self) -> bool:
        return self.is_word and not IDEOGRAM.match(self.key)


def tokens(inlines: Iterable[Inline], exact: bool = False) -> tuple[Token, ...]:
    """The tokens of a paragraph, in order. Words end where UAX #29 says, and every ideogram is one.

    What typesetting changes (see letters.canonical.fold) changes no key, unless `exact`: then quotes, spaces, bold
    and italic count too.
    """
    found: list[Token] = []
    gap: Written = ()
    space = ""
    for href, group in groupby(inlines, key=_href):
        if href is None:
            for note in group:
                assert isinstance(note, Note)  # noqa: S101 - for mypy
                found.append(Token("\0", space if exact else "", gap, note=tokens(note.runs, exact)))
                gap, space = (), ""
            continue
        piece = _Piece([inline for inline in group if not isinstance(inline, Note)], href, exact)
        for token in piece.tokens:
            if gap or not found:
                space = space + token.space if found or exact else ""
                token = replace(token, gap=gap + token.gap, space=space)
            found.append(token)
            gap, space = (), ""
        gap, space = gap + piece.gap, space + piece.space
    return tuple(found)


def words(text: str) -> list[str]:
    """The words of plain text as they are compared, without marks and the difference of capitals."""
    folded = fold(text).casefold()
    return [word for start, end in pairwise(_breaks(folded)) if any(map(str.isalnum, word := folded[start:end]))]


def _href(inline: Inline) -> str | None:
    return None if isinstance(inline, Note) else inline.href if isinstance(inline, Run) else ""


class _Piece:
    """Words with nothing but changes of style between them, which are folded together: see letters.canonical.

    `gap` and `space` are what stands after the last token.
    """

    def __init__(self, inlines: Sequence[Run | Break], href: str, exact: bool) -> None:
        self.inlines, self.href, self.exact = inlines, href, exact
        self.text = "".join(inline.text if isinstance(inline, Run) else "\n" for inline in inlines)
        lengths = (len(inline.text) if isinstance(inline, Run) else 1 for inline in inlines)
        self.ends = list(accumulate(lengths))
        self.inline = 0  # the one to cut next
        self.place = 0  # in the text
        self.tokens, self.space = self.read()
        self.gap = self.cut(len(self.text))

    def read(self) -> tuple[list[Token], str]:
        folded, origins = (self.text, list(range(len(self.text)))) if self.exact else _folding(self.text)
        origins.append(len(self.text))
        found: list[Token] = []
        space = ""
        for start, end in pairwise(_breaks(folded)):
            while start < end and folded[start].isspace():  # a mark that follows is of one piece with it
                space, start = space + folded[start], start + 1
            if start == end:
                continue
            key = folded[start:end]
            gap = self.cut(origins[start])
            written = self.cut(origins[start] + len(self.text[origins[start] : origins[end]].rstrip()))
            style = "".join(f"{run.strong:d}{run.em:d}" for run in written if self.exact and isinstance(run, Run))
            found.append(Token(key, space, gap, written, self.href, style))
            space = ""
        return found, space

    def cut(self, end: int) -> Written:
        """What is written from where the last cut ended up to this place of the text."""
        found: list[Run | Break] = []
        while self.place < end:
            while self.ends[self.inline] <= self.place:
                self.inline += 1
            until = min(end, self.ends[self.inline])
            inline = self.inlines[self.inline]
            found.append(inline.saying(self.text[self.place : until]) if isinstance(inline, Run) else inline)
            self.place = until
        return tuple(found)


def _breaks(text: str) -> list[int]:
    """Where words and what is between them begin and end, from 0 to the length of the text."""
    iterator = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    iterator.setText(text)
    places = [0, *iterator]
    if not text.isascii() and max(text) > "\uffff":  # ICU counts in UTF-16
        at = [place for place, char in enumerate(text) for _ in range(1 + (char > "\uffff"))] + [len(text)]
        places = [at[place] for place in places]
    if IDEOGRAM.search(text):
        single = {place for match in IDEOGRAM.finditer(text) for place in match.span()}
        places = sorted(single.union(places))
    return places if text else []


def _folding(text: str) -> tuple[str, list[int]]:
    """As _traced; a text that it folds wrongly, which is not known to happen, is compared and shown as a whole."""
    folded, origins = _traced(text)
    whole = fold(text)
    return (folded, origins) if folded.strip() == whole else (whole, [0] * len(whole))


def _traced(text: str) -> tuple[str, list[int]]:
    """The folded text, spaces at its edges kept, and where in the text each of its characters stood."""
    traced = _Traced(*_normalized(text))
    traced.replace(SPACE, lambda match: (" ", match.start()))
    traced.replace(DASH_SPACE, lambda match: ("-", match.start() + match[0].index("-")))
    traced.replace(QUOTE_SPACE, lambda match: (match[1], match.start(1)))
    traced.replace(MARK_SPACE, lambda match: ("", match.start()))
    return traced.text, traced.origins


def _normalized(text: str) -> tuple[str, list[int]]:
    """NFC, with the same characters replaced and removed as in letters.canonical, character by character."""
    if text.isascii():
        return text.translate(FOLDED), list(range(len(text)))
    out: list[str] = []
    origins: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _continues(text[end]):
            continue
        cluster = unicodedata.normalize("NFC", text[start:end]).translate(FOLDED)
        cluster = unicodedata.normalize("NFC", cluster)
        out.append(cluster)
        origins += [start] * len(cluster)
        start = end
    return "".join(out), origins


def _continues(char: str) -> bool:
    """Does it belong to the character before: a mark, the later letters of a Korean syllable, something invisible?"""
    if char < "\u0300":
        return char == "\u00ad"
    return char in INVISIBLE or "\u1160" <= char <= "\u11ff" or unicodedata.category(char)[0] == "M"


@dataclass(slots=True)
class _Traced:
    text: str
    origins: list[int]

    def replace(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], tuple[str, int]]) -> None:
        """As pattern.sub does; `by` says what takes the place of a match, and the place of that in this text."""
        out: list[str] = []
        origins: list[int] = []
        place = 0
        for match in pattern.finditer(self.text):
            text, start = by(match)
            out += [self.text[place : match.start()], text]
            origins += self.origins[place : match.start()] + [self.origins[start]] * len(text)
            place = match.end()
        if place:
            self.text = "".join(out) + self.text[place:]
            self.origins = origins + self.origins[place:]
