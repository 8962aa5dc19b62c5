"""What a recipient replied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms import Meanwhile
from letters.forms import files
from letters.forms.days import DayField, not_later_than_today
from letters.forms.files import KeptFileField
from letters.forms.writing import LinesField


class ReplyForm(Meanwhile, forms.Form):
    marks_optional = False

    by_whom = forms.CharField(
        label=_("By whom"),
        max_length=300,
        help_text=_("As it should be read: name, office, body."),
        error_messages={"required": _("Say who replied.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    received_on = DayField(
        label=_("When"),
        error_messages={"required": _("Enter the day it came.")},
        validators=[not_later_than_today],
    )
    delivery = forms.TypedChoiceField(
        label=_("To which delivery"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A reply to the letter that names none counts as one to all that had arrived by that day."),
    )
    words = LinesField(
        label=_("Words"),
        required=False,
        max_length=20_000,
        help_text=_("The reply itself, or what it says. Plain text."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    file = KeptFileField(
        accept=".pdf,application/pdf",
        label=_("The reply, as a PDF"),
        help_text=_("Up to 10 MB. Kept encrypted, and shown to nobody else until you publish the reply."),
    )

    def __init__(
        self,
        *args: Any,
        deliveries: Sequence[tuple[int, str]] = (),
        kept: bool = False,
        has_file: bool = False,
        **kwargs: Any,
    ) -> None:
        """`deliveries`, each with its key and in words, are those that it can be to; `kept` if it is to be changed."""
        super().__init__(*args, **kwargs)
        self.has_file = has_file
        cast("forms.ChoiceField", self.fields["delivery"]).choices = [("", _("To the letter")), *deliveries]
        if not deliveries:
            self.fields["delivery"].widget = forms.HiddenInput()
        if has_file:
            self.fields["file"].label = _("Another PDF instead of the one that is kept")
        self.watch(self.initial if kept else {})

    def clean_file(self) -> tuple[str, bytes] | None:
        found = files.contents(self.cleaned_data["file"])
        if found and not found[1].startswith(b"%PDF-"):
            raise forms.ValidationError(_("This is no PDF. Save or scan the reply as a PDF and choose that."))
        if found:
            files.refuse_what_does_not_open(found[1])
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["words"].strip() or data["file"] or self.has_file):
            self.add_error("words", _("Enter what the reply says, or choose its PDF below."))
        return data
