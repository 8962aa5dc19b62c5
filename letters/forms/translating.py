"""Translating: a language to add, and the page with the authentic text on one side and its translation on the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from letters import body, courtesy
from letters.courtesy import Passage
from letters.editor import LONGEST
from letters.forms.writing import LinesField, languages
from letters.pdf import writing

LIMITS = {"title": 300, "headline": 300, "re_line": 300, "salutation": 200, "closing": 500}
TEXT, RIGHT = "text-", "right-"  # before the key of a passage: the names of its fields


class AddTextForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose a language that the letter does not have yet."),
        },
    )

    def __init__(self, *args: Any, present: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices = [(code, name) for code, name in languages() if code not in present]


class Seen(NamedTuple):
    """What stood on the other side: `words` are plain for a line, or else the HTML of a paragraph with this tag."""

    kind: str
    tag: str
    words: str


class TranslationForm(forms.Form):
    """One field for each passage, named after its key, and a box to say that the translation is right.

    The page sends along what it showed on the other side: a passage whose authentic words have been changed since is
    on the present page under another key. What was not sent is filled in as it is saved.
    """

    marks_optional = False

    version = forms.CharField(required=False, widget=forms.HiddenInput)  # what was on the screen, see `bases`
    began = forms.CharField(required=False, widget=forms.HiddenInput)  # the same when it was opened
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    whole = forms.CharField(
        label=_("The translated text"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, data: Any = None, *, passages: Sequence[Passage], language: str) -> None:
        version = self.version_of({one.key: one.mark for one in passages})
        self.page = {one.key: Seen(one.kind, one.tag, one.authentic) for one in passages}
        self.sent: list[str] = []
        values = {f"{TEXT}{one.key}": one.own if one.is_line else courtesy.typed(one.own) for one in passages}
        if data is not None:
            seen = _seen(data.get("seen", ""))
            self.page = seen | self.page
            typed = {key: data.get(f"{TEXT}{key}") for key in self.page}
            self.sent = [key for key in typed if _is_sent(typed[key], values.get(f"{TEXT}{key}"), key in seen)]
            data = data.copy()
            for name, value in values.items():
                data.setdefault(name, value)
        super().__init__(data, initial={**values, "version": version, "began": version})
        for key, one in self.page.items():
            self.fields[f"{TEXT}{key}"] = _field(one)
            self.fields[f"{RIGHT}{key}"] = forms.BooleanField(required=False)
        spoken = {"lang": language, "dir": writing.of(language).direction}
        for name, field in self.fields.items():
            if name.startswith((TEXT, "whole")):
                field.widget.attrs.update(spoken)
            if name.startswith(TEXT):
                field.widget.attrs["placeholder"] = " "  # for the style sheet, which finds what is empty by it

    @staticmethod
    def version_of(marks: Mapping[str, str]) -> str:
        """As a page sends it along: the marks of the translations by key, and a mark of all to begin with."""
        said = " ".join(f"{key}={mark}" for key, mark in marks.items())
        return f"{courtesy.mark(said)}~{said}"

    @property
    def shown(self) -> str:
        """For the page to send along: what it shows on the other side."""
        return json.dumps([[key, *one] for key, one in self.page.items()])

    def bases(self, name: str = "version") -> dict[str, str]:
        """The marks of the translations that were on the screen, by key."""
        marks = (self[name].value() or "").partition("~")[2].split(" ")
        return dict(one.split("=", 1) for one in marks if "=" in one)

    def typed(self) -> Iterator[tuple[str, str, str, bool]]:
        """Of each passage that was sent: key, translation, authentic words beside it, is it said to be right."""
        for key in self.sent:
            one, text = self.page[key], self.cleaned_data[f"{TEXT}{key}"]
            own = courtesy.from_typed(text, one.tag) if one.tag else text
            yield key, own, one.words, self.cleaned_data[f"{RIGHT}{key}"]


def _is_sent(typed: str | None, saved: str | None, was_shown: bool) -> bool:
    """A field that is only on the present page, put around what a browser had kept of an older one, says nothing."""
    return typed is not None and (was_shown or typed.replace("\r\n", "\n") != saved)


def _seen(said: str) -> dict[str, Seen]:
    """What a page sent of this; empty if it cannot be read."""
    try:
        rows = [(str(key), str(kind), str(tag), str(words)[:LONGEST]) for key, kind, tag, words in json.loads(said)]
    except (ValueError, TypeError):
        return {}
    return {key: Seen(kind, tag, body.clean(words) if tag else words) for key, kind, tag, words in rows}


def _field(one: Seen) -> forms.CharField:
    rows = 2 + min(len(one.words) // 50, 14)
    is_long = bool(one.tag) or one.kind == "closing"
    return LinesField(
        required=False,
        max_length=LONGEST if one.tag else LIMITS.get(one.kind, 300),
        widget=forms.Textarea(attrs={"rows": rows}) if is_long else forms.TextInput(),
        error_messages={"max_length": _("Use at most %(limit_value)d characters here; these are %(show_value)d.")},
    )
