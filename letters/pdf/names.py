"""The names of a roll as they are laid out: in how many columns, and what stands beside each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from letters.document import RUNNING, UNNUMBERED, Document, RollGroup, RollLine
from letters.pdf import tongues, writing

BALANCED = 200  # a roll of so many is shared out evenly over the columns; a longer one fills column after column
THREE_COLUMNS = 5000  # a longer roll is set in two unless chosen: fewer, longer lines are a fifth cheaper to set
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
    direction = writing.of(document.language).direction
    found = []
    for side, headed in ((shown.groups, False), (shown.individuals, shown.heads_individuals)):
        groups = [laid_out(group, script, direction, document.look.countries) for group in side]
        if groups:
            found.append({"headed": headed, "groups": groups})
    return found


def laid_out(group: RollGroup, script: writing.Writing, direction: str, countries: bool) -> dict[str, Any]:
    """Return a group as templates want it; `direction` is the letter's, `countries` whether they stand beside names."""
    count = formats.number_format(len(group.lines), use_l10n=True, force_grouping=True)
    return {
        "title": group.title,
        "count": script.figures(count),
        "lines": [_line(group, line, script, direction, countries) for line in group.lines],
    }


def _line(group: RollGroup, line: RollLine, script: writing.Writing, around: str, countries: bool) -> dict[str, Any]:
    """`around`: the direction of the letter. A name of that direction with nothing beside it needs no isolation, and a
    tenth less time."""
    language = tongues.spoken(line.name, group.country(line))
    direction = writing.direction_of(line.name)
    return {
        "name": _name(line),
        "alone": direction == around and not (line.number or line.country_name),
        "attributes": mark_safe(_attributes(language, line.name)),  # noqa: S308 - of our own words
        "direction": direction,
        "number": script.figures(str(line.number)) if line.number else "",
        "country": group.country_name(line) if countries else "",
        "country_name": line.country_name,
    }


def _attributes(language: str, name: str) -> str:
    heaped = not name.isascii() and HEAPED.search(name)
    return (f' lang="{language}"' if language else "") + (' class="heaped"' if heaped else "")


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
