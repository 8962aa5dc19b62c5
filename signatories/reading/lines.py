"""The lines of a pasted text, numbered; what stands before an entry (bullet, number, quote mark) taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from letters.body.leftovers import BULLETS
from signatories import names

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
QUOTED = re.compile(r"^(?:\s*>)+\s?")
MORE_BULLETS = "・･✓✔☑☐□■▪▫●○◦◆◇►▶▸‣⁃∙⦿➢➤→※★☆✱✦·•*"
BULLET = re.compile(rf"^\s*(?:[{BULLETS}{MORE_BULLETS}]\s*|o\s{{2,}}|[-–—−‐‑﹣－+]+\s*(?=[^\s\d.]))(?=\S)")
WIDE_GAP = re.compile(r"\s{3,}|\t+")
GAP = re.compile(r"\s{2,}|\t+")  # where columns are set with spaces, the widest cell has the fewest behind it
DASH_NUMBER = re.compile(r"^\s*[-–—]\s+(?=\d)")  # "- 350.org"
ENUMERATED = re.compile(
    r"^\s*[(\[（]?(?:n[o°º]\.?\s*)?(?P<number>\d{1,4}|[٠-٩]{1,4}|[۰-۹]{1,4}|[０-９]{1,4})"
    r"(?P<mark>\s*[.)\]）．、:/-]+(?!\d)\s*|\s+|\t)(?=\S)",
    re.IGNORECASE,
)
CIRCLED = re.compile(r"^\s*[①-⑳⓪⑴-⒇⒈-⒛]\s*")
LETTERED = re.compile(r"^\s*\(?([a-z]|[ivx]{1,5})[.)]\s+(?=\S)")


@dataclass(slots=True)
class Line:
    """`text` is tidy and without its marker; `marker` is what was taken off, "" for none."""

    number: int
    raw: str
    text: str
    marker: str = ""
    count: int = 0  # what it was numbered
    is_after_blank: bool = False

    @property
    def is_item(self) -> bool:
        return bool(self.marker)


def of(text: str) -> list[Line]:
    """The lines with something in them, by their number in the text."""
    return numbered(enumerate(LINE_END.split(text), 1))


def numbered(told: Iterable[tuple[int, str]]) -> list[Line]:
    """(number, raw line) as Line; where numbers are left out, or a line is empty, there was a gap."""
    found: list[Line] = []
    told = [(number, raw) for number, raw in told if raw.strip()]
    gap = GAP if 2 * sum(bool(WIDE_GAP.search(raw.strip())) for _, raw in told) > len(told) else WIDE_GAP
    for number, raw in told:
        is_after_blank = bool(found) and number > found[-1].number + 1
        found.append(Line(number, raw, _tidy(QUOTED.sub("", raw), gap), is_after_blank=is_after_blank))
    _without_bullets(found)
    _without_numbers(found)
    return found


def _tidy(raw: str, gap: re.Pattern[str]) -> str:
    """Tidy, but wide gaps stay as tabs: they stood between two columns."""
    return "\t".join(filter(None, (names.tidy(part) for part in gap.split(raw))))


def _without_bullets(found: Iterable[Line]) -> None:
    for line in found:
        plain = line.text
        match = BULLET.match(plain) or DASH_NUMBER.match(plain) or CIRCLED.match(plain)
        if match and any(char.isalnum() for char in plain[match.end() :]) and not _is_between(plain, match):
            line.marker, line.text = plain[: match.end()], plain[match.end() :].strip()


def _is_between(text: str, match: re.Match[str]) -> bool:
    """Whether the dash also closes the line: — ENTIDADES —, *** FIRMANTES ***."""
    sign = match[0].strip()[:1]
    return bool(sign) and sign in "-–—=*" and text.rstrip().endswith(sign)


def _without_numbers(found: list[Line]) -> None:
    """Numbers that count the lines. "19 January Movement" among lines without keeps its own."""
    numbered = [(line, match) for line in found if (match := ENUMERATED.match(line.text))]
    lettered = [(line, match) for line in found if (match := LETTERED.match(line.text))]
    first = [int(match["number"]) for _, match in numbered]
    is_mostly = 2 * len(numbered) > len(found) or (len(first) >= 3 and first == list(range(1, len(first) + 1)))
    for (line, match), counts in zip(numbered, _counting(first), strict=True):
        is_marked = bool(match["mark"].strip()) and match["mark"].strip() not in "/-"
        if (is_marked and (counts or len(found) <= 2)) or (counts and is_mostly):
            _take_off(line, match, int(match["number"]))
    if 2 * len(lettered) > len(found) and len(found) > 2:
        for line, match in lettered:
            _take_off(line, match, 0)


def _take_off(line: Line, match: re.Match[str], count: int) -> None:
    rest = line.text[match.end() :].strip()
    if any(char.isalnum() for char in rest):
        line.marker, line.text, line.count = line.marker + match[0], rest, count


def _counting(numbers: list[int]) -> list[bool]:
    """Which of the numbers go on from a neighbour: 1 2 3, with gaps and new beginnings."""
    return [
        any(
            0 <= abs(number - numbers[at + step]) <= 3 and number != numbers[at + step]
            for step in (-1, 1)
            if 0 <= at + step < len(numbers)
        )
        for at, number in enumerate(numbers)
    ]
