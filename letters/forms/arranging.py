"""In which order the list of signatories stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.document import Arrangement
from letters.models import Letter


class ArrangementForm(forms.Form):
    group_by = forms.ChoiceField(
        label=_("Headings in the list"),
        choices=Letter.GroupBy.choices,
        widget=forms.RadioSelect,
        help_text=_("Under a heading, names stand as the language of the letter sorts them."),
    )
    numbering = forms.ChoiceField(label=_("Numbers"), choices=Letter.Numbering.choices, widget=forms.RadioSelect)
    skips_articles = forms.BooleanField(
        label=_("Articles do not count"),
        required=False,
        help_text=_("“The Amber Fund” stands under A: English “The”, and the articles of the letter’s own language."),
    )
    initiators_first = forms.BooleanField(
        label=_("Initiators come first, under a heading of their own"),
        required=False,
        help_text=_("Those chosen below. Switched off, they stand among the others."),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        kwargs["initial"] = self.chosen_now(letter)
        super().__init__(*args, **kwargs)

    def chosen_now(self, letter: Letter) -> dict[str, Any]:
        return asdict(letter.arrangement)

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(**self.cleaned_data)
