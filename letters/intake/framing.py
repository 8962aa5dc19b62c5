"""Where the letter's text begins and where it ends: the greeting, the closing, the list of who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.body.model import Run
from letters.intake import cues
from letters.intake.lines import END_MARK, SENTENCE_END, Line, columns

LONGEST_TITLE = 250  # columns
LONGEST_GREETING = 120
LONGEST_CLOSING = 220
LONGEST_NAME = 140
WIDE = 140  # columns; a line this wide is a paragraph, unless it is the first
GREETED_BY = 60  # lines from the top
LISTED = 5  # lines without any heading that make a list of signatories
ABBREVIATED = re.compile(r"(?:^|[\s.(])(?:[^\W\d_]|[A-ZÀ-ÞΑ-ΩА-Я][^\W\d_]{1,3})\.\)?$")  # e.V., Inc., S.L.
SEPARATOR = re.compile(r"\s*[,،、;；·|]\s*")


@dataclass(frozen=True, slots=True)
class Frame:
    """Positions among the lines. The text runs from `head` to `tail`; `greeting` and `closing` are empty if equal."""

    greeting: int
    head: int
    tail: int
    closing_end: int


def frame(lines: Sequence[Line]) -> Frame:
    greeting, head = _greeting(lines)
    tail, closing_end = _closing(lines, head)
    if tail == closing_end:
        tail = closing_end = _signatories(lines, head)
    return Frame(greeting, head, tail, closing_end)


def _greeting(lines: Sequence[Line]) -> tuple[int, int]:
    for at, line in enumerate(lines[:GREETED_BY]):
        if is_greeting(line):
            after = at + 1
            while after < len(lines) and is_greeting(lines[after]) and lines[after].group == line.group:
                after += 1
            return at, after
    near = range(min(len(lines), GREETED_BY))
    first = next((at for at in near if _is_prose(lines, at)), len(lines) if len(lines) < GREETED_BY else 0)
    return first, first


def is_greeting(line: Line) -> bool:
    text = line.text
    if line.is_solid or line.role or line.columns > LONGEST_GREETING or text.endswith((".", ";")):
        return False
    if cues.TO.match(text) or cues.CC.match(text):
        return False
    if cues.GREETING_CJK.match(text):
        return True
    ends_so = bool(cues.GREETING_END.search(text))
    return (bool(cues.GREETING.match(text)) and (ends_so or columns(text) <= 60)) or (
        bool(cues.GREETING_TITLE.match(text)) and ends_so
    )


def _is_prose(lines: Sequence[Line], at: int) -> bool:
    """Does the text begin here, in a letter without a greeting?"""
    line = lines[at]
    if line.role or line.is_heading:
        return False
    if line.is_solid:
        return True
    is_sentence = bool(SENTENCE_END.search(line.text)) and len(line.text.split()) >= 8
    if is_sentence or line.columns > (LONGEST_TITLE if at == 0 else WIDE):
        return True
    return _ends_in_sentence(lines, at)


def _ends_in_sentence(lines: Sequence[Line], at: int) -> bool:
    """Do the lines that go on from this one come to a full stop?"""
    said = 0
    while (
        at + 1 < len(lines) and said < GREETED_BY and lines[at].columns >= 30 and lines[at + 1].group == lines[at].group
    ):
        if SENTENCE_END.search(lines[at].text):
            return said > 0
        if END_MARK.search(lines[at].text):
            return False
        at, said = at + 1, said + 1
    return said > 0 and bool(SENTENCE_END.search(lines[at].text))


def _closing(lines: Sequence[Line], head: int) -> tuple[int, int]:
    """The first line of the closing, and the line after it; equal if there is none."""
    for at in range(len(lines) - 1, head - 1, -1):
        if not (length := closing_lines(lines, at)):
            continue
        after = lines[at + length :]
        if sum(one.columns for one in after if _is_told(one)) * 3 > sum(one.columns for one in lines[head:at]):
            return len(lines), len(lines)
        end = at + length
        while at > head and closing_lines(lines, at - 1):
            at -= 1
        return at, end
    return len(lines), len(lines)


def closing_lines(lines: Sequence[Line], at: int) -> int:
    """How many lines from here are a closing: 0, 1, or 2 if it is broken in two."""
    line = lines[at]
    if not line.is_words or line.role or line.columns > LONGEST_CLOSING:
        return 0
    for length in (1, 2):
        part = lines[at : at + length]
        if len({one.group for one in part}) == 1 and len(part) == length:
            text = " ".join(one.text for one in part)
            if columns(text) <= LONGEST_CLOSING and (cues.CLOSING.match(text) or cues.CLOSING_CJK.match(text)):
                return length
    return 0


def _is_told(line: Line) -> bool:
    """A paragraph of text, not a name."""
    return line.columns > LONGEST_NAME and bool(SENTENCE_END.search(line.text))


def is_heading_of_signatories(line: Line) -> bool:
    return not line.is_solid and line.columns <= 120 and bool(cues.SIGNED.match(line.text))


def _signatories(lines: Sequence[Line], head: int) -> int:
    """Where a list of signatories begins without a closing before it; the number of lines if there is none."""
    for at in range(head, len(lines)):
        if is_heading_of_signatories(lines[at]):
            rest = lines[at + 1 :]
            if rest and sum(map(_is_told, rest)) * 5 <= len(rest):
                return at
    start = len(lines)
    while start > head and _is_name(lines[start - 1]):
        start -= 1
    while start < len(lines) and lines[start].is_heading:
        start += 1
    said = [text for line in lines[start:] for text in line.text.split("\n")]
    small = sum(text[:1].islower() for text in said)
    introduced = start > head and lines[start - 1].text.endswith((":", "："))
    is_list = len(said) >= LISTED or (len(said) == 1 and len(names_in(said[0])) >= 2 * LISTED)
    return start if is_list and small * 4 <= len(said) and not introduced else len(lines)


def _is_name(line: Line) -> bool:
    rows = line.text.split("\n")
    if len(rows) == 1 and len(names_in(rows[0])) >= 2 * LISTED:
        return True
    return not line.role and all(
        columns(row) <= LONGEST_NAME and (not END_MARK.search(row) or ABBREVIATED.search(row)) for row in rows
    )


def names_in(text: str) -> list[str]:
    """Names run together in one line, "A, B, C": only if each is short and the whole is no sentence."""
    names = SEPARATOR.split(text)
    is_sentence = SENTENCE_END.search(text) and not ABBREVIATED.search(text)
    return [] if is_sentence or any(columns(name) > 80 for name in names) else names


def is_bold(line: Line) -> bool:
    return bool(line.inlines) and all(run.strong for run in line.inlines if isinstance(run, Run))
