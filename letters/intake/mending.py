"""Damage that needs no judgement: ligatures, hidden hyphens, page numbers and what is repeated on every page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from letters.intake.lines import END_MARK, Line, changed, text_of
from letters.intake.pieces import Repair

SOFT_HYPHEN = "\u00ad"
# Latin ligatures and Arabic presentation forms, which PDF files hold in place of letters; not the ornaments among them.
LIGATURE = re.compile(r"[\ufb00-\ufb06\ufb50-\ufbb1\ufbd3-\ufd3d\ufe70-\ufefc]")
INNER_SOFT_HYPHEN = re.compile(rf"{SOFT_HYPHEN}+(?=.)")
STRAIGHT = re.compile("[\"']")
AROUND = 24  # characters on each side in a sample
SAMPLES = 5

PAGE_WORD = "page|seite|pagina|página|pág|стр|страница|صفحة|sayfa|strona|sida|side|ukurasa|halaman|trang|صفحه|pg|p"
PAGE_NUMBER = re.compile(
    rf"^[\s\-–—|\[(]*(?:(?P<word>{PAGE_WORD})[.:]?\s*)?(?P<number>\d{{1,4}})"
    rf"(?P<of>\s*(?:/|of|sur|de|von|di|van|из|من|از|\|)\s*\d{{1,4}})?[\s\-–—|\])]*$"
    rf"|^第\s*\d{{1,4}}\s*[页頁ページ]+.*$",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")
LONGEST_HEAD = 100  # columns of a running head
LONGEST_NUMBER = 40  # characters


def spelled_out(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Without ligatures and hidden hyphens; one at the end of a line is left, for it divides a word."""
    found, repairs = list(lines), []
    for kind, pattern in (("ligatures", LIGATURE), ("soft_hyphens", INNER_SOFT_HYPHEN)):
        if samples := [_around(line.text, match) for line in found for match in pattern.finditer(line.text)]:
            repairs.append(Repair(kind, len(samples), tuple(samples[:SAMPLES])))
            found = [_mended(line, pattern) for line in found]
    return found, repairs


def _mended(line: Line, pattern: re.Pattern[str]) -> Line:
    def whole(text: str) -> str:
        return pattern.sub(lambda match: unicodedata.normalize("NFKC", match[0]).replace(SOFT_HYPHEN, ""), text)

    block = changed(line.block, whole)
    return replace(line, block=block, text=text_of(block))


def without_soft_hyphens(line: Line) -> Line:
    return _mended(line, re.compile(SOFT_HYPHEN)) if SOFT_HYPHEN in line.text else line


def straight_quotes(lines: Sequence[Line]) -> list[Repair]:
    """Counted, not changed: how a language quotes is the coordinator's choice."""
    samples = [_around(line.text, match) for line in lines for match in STRAIGHT.finditer(line.text)]
    return [Repair("straight_quotes", len(samples), tuple(samples[:SAMPLES]))] if samples else []


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - AROUND) : match.end() + AROUND].replace("\n", " ").strip()


def without_furniture(lines: Sequence[Line], tail: int) -> tuple[list[Line], list[Repair]]:
    """Page numbers and running heads get the role "dropped". From `tail` on, names may repeat: only numbers there."""
    numbers = _page_numbers(lines, tail)
    heads = _running_heads(lines[:tail], numbers)
    found = [replace(line, role="dropped") if at in numbers | heads else line for at, line in enumerate(lines)]
    repairs = [
        Repair(kind, len(places), tuple(lines[at].text for at in sorted(places)[:SAMPLES]))
        for kind, places in (("page_numbers", numbers), ("running_heads", heads))
        if places
    ]
    return found, repairs


def _page_numbers(lines: Sequence[Line], tail: int) -> set[int]:
    """Lines with a word for page or a total; bare numbers that count the pages, or stand inside a sentence or beside
    a line that is said again."""
    said = Counter(line.text for line in lines[:tail])
    found: set[int] = set()
    bare: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        is_short = len(line.text) <= LONGEST_NUMBER and not line.is_solid and not line.role
        if not is_short or not (match := PAGE_NUMBER.match(line.text)):
            continue
        beside = [line.text for line in lines[max(0, at - 1) : at + 2] if at < tail]
        is_beside_head = any(said[text] > 1 and not PAGE_NUMBER.match(text) for text in beside)
        if match["number"] is None or match["word"] or match["of"] or is_beside_head or interrupts(lines, at, found):
            found.add(at)
        if match["number"] is not None:
            bare.append((at, int(match["number"])))
    for (at, number), (later, following) in pairwise(bare):
        if following == number + 1 and (later > at + 1 or at in found):
            found |= {at, later}
    return found


def _running_heads(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    """Short lines beside a page number that interrupt a sentence, or are said again on every page.

    The first of several may be the title, and then stays.
    """
    said: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        is_short = line.is_words and line.columns <= LONGEST_HEAD and not END_MARK.search(line.text)
        is_short = is_short and not line.text[:1].islower() and not line.text.endswith((",", "،", "、"))
        if is_short and not line.role and at not in numbers:
            said.setdefault(DIGITS.sub("", line.text).casefold().strip(" |-–—"), []).append(at)
    found: set[int] = set()
    for key, places in said.items():
        inside = {at for at in places if interrupts(lines, at, numbers)}
        edges = inside | {at for at in places if at - 1 in numbers or at + 1 in numbers}
        if key and len(places) > 1 and edges >= set(places[1:]):
            found |= edges if places[0] >= 3 else set(places[1:])
        else:
            found |= {at for at in inside if _is_alone(lines, at, numbers) and not lines[at].text[:1].islower()}
    return found


def _is_alone(lines: Sequence[Line], at: int, numbers: Set[int]) -> bool:
    """Beside a page number, and in no paragraph with anything else."""
    beside = {at - 1, at + 1}
    others = [lines[near] for near in beside - numbers if 0 <= near < len(lines)]
    return bool(beside & numbers) and all(other.group != lines[at].group for other in others)


def interrupts(lines: Sequence[Line], at: int, left_out: Set[int] = frozenset()) -> bool:
    """Does the line stand where a sentence goes on from the line before to the line after?"""
    before, after = at - 1, at + 1
    while before in left_out:
        before -= 1
    while after in left_out:
        after += 1
    if before < 0 or after >= len(lines) or not (lines[before].is_words and lines[after].is_words):
        return False
    last = lines[before].text[-1:]
    return lines[before].columns >= 40 and (last.isalpha() or last in ",-‐،、，") and lines[after].text[:1].islower()
