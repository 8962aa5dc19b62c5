"""A line as the letter prints it, on a page of its signatory's or a vetter's: in the letter's language, not theirs."""

from django import template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from letters.pdf import writing
from signatories import countries

register = template.Library()


@register.simple_tag
def printed_line(line, letter):
    """`line`: a Line, or a dict with the parts of one."""
    return _printed(line, letter, is_box=False)


@register.simple_tag
def printed_box(line, letter):
    """The same in a box of its own, which begins at the side where the line does, whatever the page around it."""
    return _printed(line, letter, is_box=True)


def _printed(line, letter, *, is_box):
    language = letter.language
    code = line["country"] if isinstance(line, dict) else line.country
    facts = {"line": line, "country": countries.name(code, language) if code else ""}
    written = {"language": language, "writing": writing.of(language), "is_box": is_box}
    with translation.override(language):
        return mark_safe(render_to_string("components/printed_line.html", facts | written))  # noqa: S308 - a template's
