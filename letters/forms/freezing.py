"""What stands around the signed text and is only known when an edition is frozen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.forms.days import DayField
from letters.forms.writing import PLAUSIBLE
from letters.models import Letter

AROUND = ("place", "date", "date_precision")


class FreezeForm(forms.Form):
    marks_optional = False

    after = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(
        label=_("Place"), max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    date = DayField(
        label=_("Date"),
        required=False,
        help_text=_("The day the letter carries. Left empty, it carries none."),
        validators=[PLAUSIBLE],
    )
    date_precision = forms.ChoiceField(
        label=_("The date shows"),
        choices=Letter.DatePrecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how much of the date is printed.")},
    )

    def __init__(self, *args: Any, letter: Letter, after: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"after": after, **{name: getattr(letter, name) for name in AROUND}}

    @property
    def dated(self) -> dict[str, Any]:
        """As letters.services.Dated."""
        return {name: self.cleaned_data[name] for name in AROUND}
