"""Lines that were one entry before a mail program or a narrow column broke them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from signatories.matching import words
from signatories.matching.letters import plain
from signatories.reading import headings, places
from signatories.reading.known import Code
from signatories.reading.lines import Line

MOST_LINES = 6  # of one entry
WIDE = 45  # columns from which on a line may have been broken for its length
HYPHEN = re.compile(r"(?<=\w\w)[-‐‑]$")
OPEN = {"(": ")", "[": "]", "«": "»", "“": "”", "（": "）"}
ADDRESS = re.compile(r"^[<(\[]?(?:https?://\S+|www\.\S+|(?:mailto:)?[\w.+'-]+@[\w-]+\.[\w.-]+)[>)\]]?$", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """Lines that make one entry, or one line that is a heading or nothing."""

    lines: list[Line]
    text: str
    heading: headings.Heading | None = None
    codes: list[Code] = field(default_factory=list)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def raw(self) -> str:
        return "\n".join(line.raw for line in self.lines)


@dataclass(frozen=True, slots=True)
class Habits:
    """What most lines of a list do."""

    is_marked: bool
    is_spaced: bool  # an empty line between entries
    is_upper: bool  # entries begin with a capital
    width: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Habits:
        count = max(1, len(lines))
        alone = sum(
            line.is_after_blank and (at + 1 == len(lines) or lines[at + 1].is_after_blank)
            for at, line in enumerate(lines)
        )
        blocks = 1 + sum(line.is_after_blank for line in lines)
        return cls(
            is_marked=_counts(lines)
            or (len(lines) >= 3 and sum(line.is_item for line in lines) * 100 >= 60 * count and _starts_all(lines)),
            is_spaced=blocks >= 4 and alone * 10 >= 7 * blocks,
            is_upper=sum(line.text[:1].islower() for line in lines) * 5 <= count,
            width=max((len(line.text) for line in lines), default=0),
        )


def _counts(lines: Sequence[Line]) -> bool:
    """Whether numbers go up one by one, so that a line without one goes on with the line before."""
    counts = [line.count for line in lines if line.count]
    return (
        2 * len(counts) >= len(lines) and len(counts) >= 3 and counts == list(range(counts[0], counts[0] + len(counts)))
    )


def _starts_all(lines: Sequence[Line]) -> bool:
    """Whether markers begin entries wherever one begins: lines without are rare, or are wide ones' ends."""
    bare = [at for at, line in enumerate(lines) if not line.is_item]
    inner = [at for at in bare if at and lines[at - 1].is_item]
    return len(bare) * 100 <= 15 * len(lines) or all(len(lines[at - 1].text) >= WIDE for at in inner)


def entries(lines: Sequence[Line]) -> list[Entry]:
    """All lines, in their order; each in exactly one entry."""
    told = [headings.of(line.text, is_item=line.is_item) for line in lines]
    habits, found = Habits.of([line for line, heading in zip(lines, told, strict=True) if not heading]), list[Entry]()
    for line, heading in zip(lines, told, strict=True):
        last = found[-1] if found else None
        if (
            last
            and not last.heading
            and len(last.lines) < MOST_LINES
            and (code := _goes_on(last, line, heading, habits))
        ):
            _join(last, line, code)
            continue
        is_doubted = last and not last.heading and not heading and _may_go_on(line, habits)
        found.append(Entry([line], line.text, heading, [Code.MAYBE_WRAPPED] if is_doubted else []))
    return found


def _goes_on(last: Entry, line: Line, heading: headings.Heading | None, habits: Habits) -> Code | None:
    """Why the line goes on with the entry before, or None."""
    before = last.lines[-1]
    if ADDRESS.match(line.text) and not line.is_item and not ADDRESS.match(last.text):
        return Code.WRAPPED
    if line.is_item or (line.is_after_blank and not _is_open(last.text)):
        return None
    if _is_open(last.text) or HYPHEN.search(last.text) or _ends_in_small_word(last.text):
        return Code.WRAPPED
    if heading:
        return None
    is_wide = len(before.text) * 4 >= 3 * max(habits.width, WIDE)
    if _begins_lower(line.text, habits) and (_begins_small(line.text) or (is_wide and _may_go_on(line, habits))):
        return Code.WRAPPED
    is_indented = line.raw[:2].isspace() and not last.lines[0].raw[:1].isspace()
    if _is_complete(last.text) and _is_complete(line.text) and not line.text[:1].islower():
        return None
    if habits.is_spaced or (habits.is_marked and before.is_item) or (is_indented and last.lines[0].is_item):
        return Code.WRAPPED
    return None


def _is_complete(text: str) -> bool:
    """It ends with an address or a country, as entries do."""
    if ADDRESS.match(text.rsplit(None, 1)[-1]):
        return True
    _, comma, behind = text.rpartition(",")
    return bool(comma and places.code_of(behind))


def _may_go_on(line: Line, habits: Habits) -> bool:
    """A word in small letters begins the line, and no dash makes it a name: "qnetz – Verein"."""
    first, _, rest = line.text.partition(" ")
    is_name = line.is_item or line.is_after_blank or not first.isalpha() or not rest[:1].isalnum()
    return not is_name and _begins_lower(line.text, habits)


def _is_open(text: str) -> bool:
    """An opening bracket or quote is not closed yet."""
    return any(text.count(opens) > text.count(closes) for opens, closes in OPEN.items())


def _ends_in_small_word(text: str) -> bool:
    last = text.rsplit(None, 1)[-1]
    if text.rstrip()[-1:] in "&/" and len(text) > 1:
        return True
    return last.islower() and " " in text and plain(last) in words.small()


def _begins_lower(text: str, habits: Habits) -> bool:
    return habits.is_upper and text[:1].islower()


def _begins_small(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and first.islower() and plain(first) in words.small()


def _join(last: Entry, line: Line, code: Code) -> None:
    if HYPHEN.search(last.text) and line.text[:1].islower() and not _is_compound(last.text, line.text):
        last.text = HYPHEN.sub("", last.text) + line.text
    else:
        last.text = f"{last.text} {line.text}" if not HYPHEN.search(last.text) else last.text + line.text
    last.lines.append(line)
    if not ADDRESS.match(line.text) and code not in last.codes:
        last.codes.append(code)


def _is_compound(before: str, after: str) -> bool:
    """ "Medien- und": the hyphen stands for a word."""
    return plain(after.split(None, 1)[0]) in words.small()
