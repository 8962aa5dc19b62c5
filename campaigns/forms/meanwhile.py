"""What somebody else has saved while one had a page open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

SOMEBODY_WAS_FASTER = _("Not saved: somebody else was faster. Look at it, and save again.")


class Meanwhile(forms.BaseForm):
    """For forms that several people may have open: what somebody else has saved since is not undone unseen.

    Of what both have changed, what was typed is kept and what is saved stands with it; what only the other one has
    changed is shown as it is saved. Nothing is written before both have been seen.
    """

    def watch(self, shown: Mapping[str, Any], *, is_saved: bool = True) -> None:
        """At the end of __init__: what an untouched form shows, by field; `is_saved` if that is saved, not proposed."""
        self.now = {name: self._as_sent(name, value) for name, value in shown.items() if name in self.fields}
        self.is_saved = is_saved
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["seen"] = json.dumps(self.now)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        before = self._seen(data.pop("seen", ""))
        mine = {name: self._as_sent(name, self[name].value()) for name in self.now}
        others = [name for name, now in self.now.items() if now not in (before.get(name), mine[name])]
        if self.is_saved and others:
            self._set_beside(others, [name for name in others if mine[name] == before.get(name)])
        return data

    def _seen(self, seen: str) -> dict[str, Any]:
        try:
            before = json.loads(seen)
        except ValueError:
            return {}
        return before if isinstance(before, dict) else {}

    def _set_beside(self, others: list[str], untouched: list[str]) -> None:
        taken = {name: self.now[name] for name in untouched} | {"seen": self.initial["seen"]}
        sent = {name: self.data.get(name) for name in self.data} | taken
        off = {name for name in untouched if isinstance(self.fields[name], forms.BooleanField) and not taken[name]}
        self.data = {name: value for name, value in sent.items() if name not in off}
        words = _now(
            "Not saved yet: somebody else has saved this page meanwhile. Where both of you have changed something, what"
            " is saved now stands beside what you typed. Look at all of it, and save again."
        )
        self.add_error(None, words)
        for name in others:
            if name in untouched:
                self.errors.pop(name, None)
                self._hint(name, "<b>{}</b>", _now("Somebody has changed this meanwhile: this is what is saved now."))
            else:
                self.add_error(name, _now("Somebody has changed this, too. Put together what is to stand."))
                self._hint(name, "<b>{}</b> <bdi>{}</bdi>", _now("Saved now:"), self._in_words(name))

    def _hint(self, name: str, words: str, *parts: str) -> None:
        shown = self[name]  # what a page shows of the field, made already
        shown.help_text = format_html("{} {}", shown.help_text, format_html(words, *parts))

    def _as_sent(self, name: str, value: Any) -> str:
        """What a browser sends for a field that shows this value."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return "on" if value else ""
        shown = field.widget.format_value(field.prepare_value(value))
        words = "\n".join(shown) if isinstance(shown, list | tuple) else str(shown or "")
        return words.replace("\r\n", "\n").strip()

    def _in_words(self, name: str) -> str:
        value = self.now[name]
        choices = getattr(self.fields[name], "choices", None) or []
        called = {str(key): label for key, label in choices}.get(value, value)
        return linebreaksbr(str(called), autoescape=True) or _now("nothing")
