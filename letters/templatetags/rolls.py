"""The lines of a roll on a page that is made anew every second, though few of them change in a day."""

from functools import lru_cache
from typing import Any

from django import template as templates
from django.template import Context
from django.template.loader import get_template

from letters.pdf import writing

register = templates.Library()

KEPT = 2000  # groups: the countries of a dozen letters


@register.simple_tag
def roll_lines(lines, language):
    """The lines under one heading, a tuple of RollLine, with the comma of the letter's language.

    A group is written again once it has changed.
    """
    written: Any = get_template("letters/roll_lines.html")
    return _written(written.template, lines, writing.of(language).comma)


@lru_cache(maxsize=KEPT)
def _written(template, lines, comma):
    """`template` is part of what is remembered by: while one works on it, each is a new one."""
    return template.render(Context({"lines": lines, "comma": comma}))
