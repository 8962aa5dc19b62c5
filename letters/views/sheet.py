"""The rows of the side-by-side page, as templates/letters/translate.html shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from letters import body, courtesy
from letters.courtesy import Passage
from letters.forms.translating import RIGHT, TEXT
from letters.services import translating

ORDER = ("re_line", "title", "salutation", "body", "closing", "headline")


@dataclass
class Row:
    """`passage` is None for what was typed beside a paragraph that is gone. `theirs` is what somebody else saved."""

    key: str
    label: str
    passage: Passage | None
    field: Any
    right: Any
    theirs: SafeString | str = ""
    choice: str | None = None
    is_both: bool = False

    @property
    def authentic(self) -> SafeString | str:
        return _shown(self.passage, self.passage.authentic, self.key) if self.passage else ""

    @property
    def own(self) -> SafeString | str:
        return _shown(self.passage, self.passage.own, f"own-{self.key}") if self.passage else ""

    @property
    def redline(self) -> SafeString:
        return mark_safe(self.passage.redline if self.passage else "")  # noqa: S308 - see letters.changes.redline

    @property
    def state(self) -> str:
        return self.passage.state if self.passage else "orphan"

    @property
    def state_in_words(self) -> str:
        return {
            "stale": _("Look at it again"),
            "missing": _("Not translated"),
            "orphan": _("No longer in the authentic text"),
        }.get(self.state, "")


def rows(form, passages, choices):
    """The passages in order with their fields; `choices` are those shown in both versions, with what was chosen."""
    places = translating.placed(passages, {key: form.page[key].words for key in form.sent}, form.bases())
    keys = {at: key for key, at in places.items()}
    numbers = iter(range(1, len(passages) + 1))
    found = []
    for at, passage in enumerate(passages):
        key = keys.get(at, passage.key)
        label = _line(passage.kind) if passage.is_line else _paragraph(passage.kind, next(numbers))
        row = Row(key, label, passage, form[TEXT + key], form[RIGHT + key])
        if key in choices:
            row.theirs, row.choice, row.is_both = _shown(passage, passage.own, f"theirs-{key}"), choices[key], True
        if passage.authentic or row.field.value():
            found.append(row)
    return sorted(found, key=_on_the_letter) + list(_homeless(form, places))


def _on_the_letter(row):
    """The order in which the writing page has the parts."""
    kind = row.passage.kind
    return ORDER.index(kind if kind in ORDER else "body")


def _homeless(form, places):
    """What was typed beside paragraphs that are gone by now, unless it stands saved somewhere else."""
    bases = form.bases()
    for key in form.sent:
        text = form[TEXT + key].value()
        if (
            key not in places
            and text
            and courtesy.mark(courtesy.from_typed(text, form.page[key].tag)) != bases.get(key)
        ):
            yield Row(key, _("A paragraph that is gone"), None, form[TEXT + key], form[RIGHT + key])


def _shown(passage, words, prefix):
    if passage.is_line:
        return linebreaksbr(words, autoescape=True)
    return mark_safe("".join(body.for_page(words, prefix=f"{prefix}-")))  # noqa: S308 - written anew, see letters.body


def _line(kind):
    return {
        "title": _("Title"),
        "headline": _("Headline"),
        "re_line": _("Re line"),
        "salutation": _("Salutation"),
        "closing": _("Closing"),
    }[kind]


def _paragraph(kind, number):
    words = {
        "p": _("Paragraph %(n)s"),
        "h2": _("Paragraph %(n)s, heading"),
        "h3": _("Paragraph %(n)s, subheading"),
        "li": _("Paragraph %(n)s, list item"),
        "blockquote": _("Paragraph %(n)s, quotation"),
    }
    return words.get(kind, words["p"]) % {"n": number}
