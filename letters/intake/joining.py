"""Lines and paragraphs that were one before a page was laid out, made one again.

Joined only on evidence. Inside a paragraph two lines are one if the first ends open and the second begins with a small
letter, or if the first is as wide as the text was set. Two paragraphs are one if a sentence goes on from the first to
the second: a small letter, a comma or a preposition at the end, or a page number between them. Scripts without small
letters have only the last three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from letters.body.model import Block, Listing, Quote
from letters.intake import hyphens
from letters.intake.lines import END_MARK, SENTENCE_END, UNSPACED, Line, apart, columns, text_of, together
from letters.intake.pieces import Repair

WIDEST = 160  # columns; a longer line was never broken to fit a page
NARROWEST = 30
PROSE = 40  # columns; anything shorter is as likely a heading
FULL = 0.8  # of the width of the text: letters of a printed line are not equally wide
LONGEST = 10_000  # characters; nothing is joined to a longer paragraph, which only looks like one: joining copies it
ITEM = re.compile(r"^(?:[-–—•*]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s")
FIRST_WORD = re.compile(r"\S+")
LAST_WORD = re.compile(r"(\S{1,60})\s*$")
COMMA = re.compile(r"[,،、，]$")
OPEN_END = set(
    "a an and as at by for from in of on or that the their to with which who our its this these"
    " au aux avec ce ces dans de des du en et la le les leur leurs ou par pour que qui sa ses son sur un une à"
    " al con del e el las los o para por su sus una y da das do dos em na nas no nos os ou pela pelo um uma"
    " auf aus das dass dem den der des die durch ein eine für im mit nach oder und von vor zu zum zur"
    " di il che della delle dei per het een van voor na ya wa kwa cha za"
    " в во для и из к на о об от по с со у что или"
    " في من إلى على عن أن التي الذي الذين أو مع و از به در که را با است کی کا کے میں سے اور".split()
)


def regrouped(lines: Sequence[Line]) -> list[Line]:
    """Lines that each came as a paragraph of their own, as some programs copy a page: with the groups of one paragraph.

    Only if the sentences of a third of them go on in the next.
    """
    lone = [(one, two) for one, two in pairwise(lines) if one.group != two.group and NARROWEST <= one.columns <= WIDEST]
    going_on = sum(_goes_on(one.text, two.text) and not COMMA.search(one.text) for one, two in lone)
    if going_on < 4 or going_on * 3 < len(lone):
        return list(lines)
    found: list[Line] = []
    for line in lines:
        is_next = bool(found) and found[-1].is_words and line.is_words and found[-1].columns <= WIDEST
        found.append(replace(line, group=found[-1].group) if is_next else line)
    return found


@dataclass(frozen=True)
class _Page:
    """How the text was set. `width` is in columns, 0 if it was not broken into lines; `fit` what did not fit in one."""

    width: int
    fit: int
    is_dividing: bool
    several: frozenset[int]  # groups that hold several paragraphs, with no empty line between


@dataclass
class _Joiner:
    page: _Page
    words: Counter[str]
    lines: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    divided: list[str] = field(default_factory=list)

    def join(self, before: Line, after: Line, samples: list[str]) -> Line:
        cut, between = hyphens.joint(before.text, after.text, self.words, self.page.is_dividing) or (
            0,
            _space(before.text, after.text),
        )
        samples.append(f"{before.text[-28:]} ⏎ {after.text[:28]}")
        if cut:
            whole = LAST_WORD.search(before.text[-80:-cut])
            self.divided.append((whole[1] if whole else "") + (hyphens.FIRST_WORD.match(after.text) or [""])[0])
        return replace(before.going_on(after, cut, between), group=after.group)

    def unbroken(self, line: Line) -> Line:
        """A list or a quotation with the lines of each of its paragraphs joined."""
        return replace(line, block=(block := self._unbroken(line.block)), text=text_of(block))

    def _unbroken(self, block: Block) -> Block:
        if isinstance(block, Listing):
            return replace(block, items=tuple(tuple(map(self._unbroken, item)) for item in block.items))
        if isinstance(block, Quote):
            return replace(block, blocks=tuple(map(self._unbroken, block.blocks)))
        found: list[Line] = []
        last: Line | None = None
        for line in apart([block]):
            if found and last and len(found[-1].text) < LONGEST and _is_one_line(last, line, self.page):
                found[-1] = self.join(found[-1], line, self.lines)
            else:
                found.append(line)
            last = line
        return together(found) if len(found) > 1 else found[0].block if found else block

    def repairs(self) -> list[Repair]:
        kinds = {"joined_paragraphs": self.paragraphs, "joined_lines": self.lines, "hyphens": self.divided}
        return [Repair(kind, len(found), tuple(found[:5])) for kind, found in kinds.items() if found]


def joined(lines: Sequence[Line], head: int, tail: int) -> tuple[list[Line], list[Repair]]:
    """The lines with those between `head` and `tail` joined where they belong together; and what was joined.

    Lines with the role "dropped" stand between the halves of what they interrupted, and come out after it.
    """
    middle = [line for line in lines[head:tail] if not line.role]
    joiner = _Joiner(_page(middle), hyphens.vocabulary(line.text for line in lines))
    is_verse = sum(_is_enumerated(one, two) for one, two in pairwise(middle)) >= 3
    found: list[Line] = []
    dropped: list[Line] = []  # since the line before
    waiting: list[Line] = []  # for the end of a paragraph they were taken out of
    last: Line | None = None  # the line before as it was, without what has been joined to it
    for line in lines[head:tail]:
        if line.role:
            dropped.append(line)
            continue
        before = found[-1] if found and len(found[-1].text) < LONGEST else None
        if before and last and _is_one_line(last, line, joiner.page):
            found[-1] = joiner.join(before, line, joiner.lines)
        elif before and _is_one_paragraph(before, line, bool(dropped), is_verse):
            found[-1] = joiner.join(before, line, joiner.paragraphs)
            waiting, dropped = waiting + dropped, []
        else:
            found += [*waiting, *dropped, line]
            waiting, dropped = [], []
        last = line
    found = [joiner.unbroken(line) if line.is_solid else line for line in found]
    return [*lines[:head], *found, *waiting, *dropped, *lines[tail:]], joiner.repairs()


def _page(lines: Sequence[Line]) -> _Page:
    width = _width(lines)
    pairs = [(one, two) for one, two in _neighbours(lines) if NARROWEST <= one.columns <= WIDEST]
    fits = sorted(_fit(one, two) for one, two in pairs if _goes_on(one.text, two.text))
    several = {one.group for one, two in pairs if SENTENCE_END.search(one.text) and _fit(one, two) < FULL * width}
    return _Page(
        width,
        fits[len(fits) // 10] if fits else width,
        hyphens.divides((one.text, two.text) for one, two in pairs),
        frozenset(several),
    )


def _width(lines: Sequence[Line]) -> int:
    if 2 * sum(line.columns for line in lines if line.columns > WIDEST) >= sum(line.columns for line in lines):
        return 0
    pairs = [(one, two) for one, two in _neighbours(lines) if NARROWEST <= one.columns <= WIDEST]
    cased = sorted(one.columns for one, two in pairs if _goes_on(one.text, two.text))
    if cased and len(cased) * 6 >= len(pairs):
        return cased[len(cased) * 9 // 10]
    uncased = sorted(one.columns for one, two in pairs if _is_uncased(one.text) and not END_MARK.search(one.text))
    if len(uncased) >= 3 and uncased[len(uncased) // 2] >= FULL * uncased[-1]:
        said = sum(bool(SENTENCE_END.search(line.text)) or "،" in line.text or "、" in line.text for line in lines)
        return uncased[-1] if said * 6 >= len(lines) else 0
    return 0


def _fit(before: Line, after: Line) -> int:
    """The columns it would have taken to keep the next word on the line."""
    first = FIRST_WORD.match(after.text)
    word = columns(first[0]) if first and not UNSPACED.match(after.text) else 1
    return before.columns + 1 + word


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    for one, two in pairwise(lines):
        if one.group == two.group and one.is_words and two.is_words:
            yield one, two


def _is_one_line(before: Line, after: Line, page: _Page) -> bool:
    if not (before.group == after.group and before.is_words and after.is_words) or not page.width:
        return False
    if before.columns > WIDEST or (ITEM.match(after.text) and END_MARK.search(before.text)):
        return False
    if _goes_on(before.text, after.text):
        return before.columns >= page.width / 2
    if before.columns < NARROWEST:
        return False
    may_end = before.group in page.several and bool(SENTENCE_END.search(before.text))
    return _fit(before, after) >= (page.fit if may_end else FULL * page.width)


def _is_one_paragraph(before: Line, after: Line, is_interrupted: bool, is_verse: bool) -> bool:
    if before.group == after.group or not (before.is_words and after.is_words) or ITEM.match(after.text):
        return False
    if before.columns < PROSE or END_MARK.search(before.text):
        return False
    if is_verse and not is_interrupted and _is_enumerated(before, after):
        return False
    if _goes_on(before.text, after.text):
        return True
    last = LAST_WORD.search(before.text[-80:])
    is_open = bool(COMMA.search(before.text)) or bool(last and last[1].casefold() in OPEN_END)
    return after.columns >= PROSE and (is_open or (is_interrupted and before.columns >= 2 * PROSE))


def _is_enumerated(before: Line, after: Line) -> bool:
    """A paragraph that ends with a comma before one that begins small; three of them are a style: "noting that …,"."""
    return before.group != after.group and bool(COMMA.search(before.text)) and after.text[:1].islower()


def _goes_on(before: str, after: str) -> bool:
    """Does a sentence go on, to judge by the letters alone?"""
    last = before[-1:]
    return after[:1].islower() and (last.isalnum() or last in ",-–—‐\u00ad'’\"”»)") and not SENTENCE_END.search(before)


def _is_uncased(text: str) -> bool:
    return not any(char.islower() for char in text)


def _space(before: str, after: str) -> str:
    if UNSPACED.match(before[-1:]) and UNSPACED.match(after[:1]):
        return ""
    is_attached = before[-1:] in "–—/" and before[-2:-1].isalnum()
    return "" if is_attached else " "
