"""The lines of a roll on a page that is made anew every second, though few of them change in a day."""

from functools import lru_cache
from typing import Any, NamedTuple

import icu
from django import template as templates
from django.template import Context
from django.template.loader import get_template

from letters.document import COUNTRY, RollLine
from letters.pdf import tongues, writing

register = templates.Library()

KEPT = 2000  # groups: the countries of a dozen letters


@register.simple_tag
def roll_lines(lines, language, names_in, by="", code=""):
    """The lines under one heading, a tuple of RollLine, in a list whose headings and commas are in `language`; `by` and
    `code` are the heading's. Names are taken to be in `names_in`, the letter's, where nothing tells another.

    A group is written again once it has changed.
    """
    written: Any = get_template("letters/roll_lines.html")
    return _written(written.template, lines, language, names_in, code if by == COUNTRY else "")


@lru_cache(maxsize=KEPT)
def _written(template, lines, language, names_in, country):
    """`template` is part of what is remembered by: while one works on it, each is a new one."""
    said = [_Said(line, *_languages(line, country or line.country, names_in)) for line in lines]
    context = {"lines": said, "comma": writing.of(language).comma, "names_in": names_in, "language": language}
    return template.render(Context(context))


class _Said(NamedTuple):
    """A line with the languages of its name and second name: None for the letter's, "" where nothing tells."""

    line: RollLine
    name_in: str | None
    second_in: str | None


def _languages(line, country, names_in):
    return [_language(name, country, names_in) for name in (line.name, line.second_name)]


def _language(name, country, names_in):
    spoken = tongues.spoken(name, country)
    if spoken == names_in or not (first := next(filter(str.isalpha, name), "")):
        return None
    is_its_script = icu.Script.getScript(first).getShortName() == writing.of(names_in).script
    return spoken or (None if is_its_script else "")
