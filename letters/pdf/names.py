"""The names of a roll as they are laid out: in how many columns, and what stands beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from letters.document import RUNNING, UNNUMBERED, Document, RollGroup, RollLine
from letters.pdf import initials, tongues, writing

BALANCED = 200  # a roll of so many is shared out evenly over the columns; a longer one fills column after column
THREE_COLUMNS = 5000  # a longer roll is set in two unless chosen: fewer, longer lines are a fifth cheaper to set
# In running text, how wide a name may be that is kept in one line, in ems: as two or three columns of an A4 sheet are
# (those of US Letter are wider); of one column no more than three fifths, or its lines would be too uneven
MEASURES = {1: 32.0, 2: 28.0, 3: 19.5}
LINES = MEASURES | {1: 49.0}  # how wide a line of it is
MOST = 6  # lines of running text in which none need end between two names, where a column can
WIDER = re.compile("[\u2e3a\u2e3b\ufb50-\ufdff\U00010000-\U0010ffff]")  # dashes, ligatures, what is rare
HEAPED = re.compile("[\u0300-\u036f]{3}")  # so many marks on one letter need room above


@dataclass(frozen=True)
class Layout:
    """`columns` from 1 to 3; `balanced` columns end together; `running`: the names follow one another in lines."""

    columns: int
    balanced: bool
    running: bool
    numbered: bool

    @property
    def fills_columns(self) -> bool:
        """Whether one column after the other is filled, so that nothing can stand below them on their last page."""
        return self.columns > 1 and not self.balanced


def layout(document: Document) -> Layout:
    """Return how the annex of the document is laid out."""
    roll, look = document.roll, document.look
    running = look.layout == RUNNING
    suited = 1 if running else 2 if roll.printed > THREE_COLUMNS else 3
    columns = look.columns or suited
    numbered = roll.arrangement.numbering != UNNUMBERED
    return Layout(columns, columns > 1 and roll.printed <= BALANCED, running, numbered)


def sides(document: Document, script: writing.Writing) -> list[dict[str, Any]]:
    """Return the organizations and the individuals, each with its groups, and these with lines as templates want them.

    A side that is `headed` says first whose it is.
    Counts and numbers stand in the figures of `script`, counts grouped as the language now active groups them.
    """
    shown = document.look.shown(document.roll)
    setting = Setting(script, writing.of(document.language).direction, document.look.countries, _columns(document))
    found = []
    for side, headed in ((shown.groups, False), (shown.individuals, shown.heads_individuals)):
        groups = [laid_out(group, setting, initials.of(shown, group, document.language)) for group in side]
        if groups:
            found.append({"headed": headed, "groups": groups})
    return found


def headings(sides: list[dict[str, Any]]) -> int:
    """Return how many there are for the heads of pages to name, be they words or letters."""
    groups = [group for side in sides for group in side["groups"]]
    return sum(bool(group["title"]) + sum(bool(line["letter"]) for line in group["lines"]) for group in groups)


@dataclass(frozen=True)
class Setting:
    """`script`: in whose figures it counts; `direction`: the letter's; `countries`: whether they stand beside names;
    `columns`: of running text, in how many it stands, else 0."""

    script: writing.Writing
    direction: str
    countries: bool
    columns: int = 0


def laid_out(group: RollGroup, setting: Setting, letters: Sequence[str] = ()) -> dict[str, Any]:
    """Return a group as templates want it; `letters` has the one that begins with each line, or ""."""
    count = formats.number_format(len(group.lines), use_l10n=True, force_grouping=True)
    lines = zip(group.lines, letters or repeat(""), _parted(group, setting), strict=False)
    return {
        "title": group.title,
        "count": setting.script.figures(count),
        "lines": [_line(group, line, letter, setting) | {"begins": begins} for line, letter, begins in lines],
    }


def _columns(document: Document) -> int:
    chosen = layout(document)
    return chosen.columns if chosen.running else 0


def _line(group: RollGroup, line: RollLine, letter: str, setting: Setting) -> dict[str, Any]:
    """A name of the letter's direction with nothing beside it needs no isolation, and a tenth less time. In running
    text one that `begins` begins a line."""
    language = tongues.spoken(line.name, group.country(line))
    direction = writing.direction_of(line.name)
    is_whole = bool(setting.columns) and _fits(line, MEASURES[setting.columns])
    return {
        "name": _name(line),
        "alone": direction == setting.direction and not (line.number or line.country_name),
        "attributes": mark_safe(_attributes(language, line, letter, is_whole=is_whole)),  # noqa: S308 - escaped there
        "direction": direction,
        "number": setting.script.figures(str(line.number)) if line.number else "",
        "country": group.country_name(line) if setting.countries else "",
        "country_name": line.country_name,
        "letter": letter,
    }


def _parted(group: RollGroup, setting: Setting) -> Iterable[bool]:
    """Return which names of running text begin a line in any case. Were each to turn the one in which the next begins,
    no column could end."""
    if not setting.columns:
        return repeat(False)
    found, since = [], 0.0
    for line in group.lines:
        width = sum(map(_ems, _words(line)))
        begins = since > 0 and since + width > MOST * LINES[setting.columns]
        since = width if begins else since + width
        found.append(begins)
    return found


def _attributes(language: str, line: RollLine, letter: str, *, is_whole: bool) -> str:
    heaped = not line.name.isascii() and HEAPED.search(line.name)
    kinds = (heaped and "heaped", is_whole and "whole", letter and "initial")
    classes = " ".join(kind for kind in kinds if kind)
    return "".join(
        (
            f' lang="{language}"' if language else "",
            f' class="{classes}"' if classes else "",
            f' data-title="{escape(letter)}"' if letter else "",
        )
    )


def _words(line: RollLine) -> str:
    beside = (line.acronym and f" ({line.acronym})", line.second_name, line.affiliation and f", {line.affiliation}*")
    return " ".join((line.name, *beside)).rstrip()


def _fits(line: RollLine, measure: float) -> bool:
    """Whether all of it is surely no wider. Where a letter may be wider than an em, as in ligatures of Arabic, nothing
    is sure."""
    words = _words(line)
    return not WIDER.search(words) and sum(map(_ems, words)) <= measure


def _ems(character: str) -> float:
    """How wide it is at most, in Noto Sans."""
    if not character.isascii():
        return 1.1
    return 0.95 if character in "mwMW@%" else 0.8 if character.isupper() else 0.62


def _name(line: RollLine) -> SafeString:
    """The name with what belongs to it, each of a direction of its own. Written here: ten thousand times a template
    would take longer than the whole letter."""
    parts: list[str] = [escape(line.name)]
    if line.acronym:
        parts.append(f" ({escape(line.acronym)})")
    if line.second_name:
        parts.append(f' <span class="second"><bdi>{escape(line.second_name)}</bdi></span>')
    if line.affiliation:
        parts.append(f'<span class="affiliation">, <bdi>{escape(line.affiliation)}</bdi>*</span>')
    return mark_safe("".join(parts))  # noqa: S308 - every part of it is escaped
