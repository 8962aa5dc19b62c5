"""What a partner says on its private page."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters import body
from letters.forms.writing import LinesField
from letters.models import Partner

MARKUP = re.compile(r"<(?:sup|a|strong|em)\b")
SIGNS = _(
    "Signs stand for what plain text has not: [^1] for a footnote, **bold**, *italic*, [words](address) for a link."
)


class CommentForm(forms.Form):
    """About one paragraph, whose wording is there to be changed, or with `unit` None about the whole letter."""

    marks_optional = False  # one of the two is needed

    words = LinesField(
        label=_("Your comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    wording = LinesField(
        label=_("Wording you propose"),
        required=False,
        max_length=10_000,
        help_text=_("Change what stands here as you would like it, or leave it as it is."),
    )
    unit = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)  # the number of the one that was read

    def __init__(self, *args: Any, html: str = "", language: str = "", direction: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.html = html  # of the paragraph
        if html:
            rows = min(16, 3 + len(html) // 80)
            wording = self.fields["wording"]
            wording.widget = forms.Textarea({"rows": rows, "lang": language, "dir": direction})
            if MARKUP.search(html):
                wording.help_text = f"{wording.help_text} {SIGNS}"
        else:
            del self.fields["wording"]

    def clean_wording(self) -> str:
        """Nothing, if it is what the paragraph says already."""
        wording = self.cleaned_data["wording"].strip()
        return "" if body.from_text(wording) in ("", self.html) else wording

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("words", "").strip() and not data.get("wording"):
            self.add_error("words", _("Write a comment, or change the wording."))
        return data


class PositionForm(forms.Form):
    marks_optional = False

    position = forms.ChoiceField(
        label=_("Your organization’s position on this draft"),
        choices=Partner.Position.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    unless = LinesField(
        label=_("What would have to change"),
        required=False,
        max_length=2000,
        help_text=_("Only if you cannot sign it as it stands."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("position") == Partner.Position.REFUSE and not data.get("unless", "").strip():
            self.add_error("unless", _("Say what would have to change, so that the team can try."))
        return data


class TakeBackForm(forms.Form):
    """A box to tick: programs that follow links in mails press buttons too."""

    comment = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("Yes, take this comment back"), error_messages={"required": _("Tick the box to take it back.")}
    )
