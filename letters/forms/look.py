"""How the document looks: its sheet, and how the list of signatories stands on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters.document import A4, LISTED, RUNNING, US_LETTER, Arrangement, Look
from letters.forms.arranging import ArrangementForm
from letters.models import Letter

ARRANGED = [*ArrangementForm.base_fields]


class LookForm(ArrangementForm):
    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[
            (A4, _("A4 (210 × 297 mm)")),
            (US_LETTER, pgettext_lazy("paper", "US Letter (8½ × 11 in)")),
        ],
        widget=forms.RadioSelect,
    )
    layout = forms.ChoiceField(
        label=_("The names"),
        choices=[
            (LISTED, _("One below the other")),
            (RUNNING, _("Running on, one after the other, which takes the least paper")),
        ],
        widget=forms.RadioSelect,
    )
    columns = forms.TypedChoiceField(
        label=_("Columns"),
        choices=[
            (0, _("As many as suit")),
            (1, pgettext_lazy("columns", "One")),
            (2, pgettext_lazy("columns", "Two")),
            (3, pgettext_lazy("columns", "Three")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Up to 20 names stand under the letter itself, in one."),
    )
    acronyms = forms.BooleanField(label=_("Acronyms beside the names"), required=False)
    second_names = forms.BooleanField(label=_("Second names, in another language or script"), required=False)
    countries = forms.BooleanField(label=_("The country beside a name, where no heading tells it"), required=False)
    demands = forms.BooleanField(
        label=_("Numbered lists of the letter as a ruled table"),
        required=False,
        help_text=_("For demands that are to be found at a glance."),
    )

    initiators_first = forms.BooleanField(
        label=ArrangementForm.base_fields["initiators_first"].label,
        required=False,
        help_text=_("Those chosen on the page “The order of the list”. Switched off, they stand among the others."),
    )

    field_order = ["group_by", "layout", "columns", "numbering", "paper", "acronyms", "second_names", "countries"]

    def chosen_now(self, letter: Letter) -> dict[str, Any]:
        look = letter.printed_look
        return super().chosen_now(letter) | {name: getattr(look, name) for name in Look.__dataclass_fields__}

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(**{name: self.cleaned_data[name] for name in ARRANGED})

    @property
    def look(self) -> Look:
        return Look(**{name: self.cleaned_data[name] for name in Look.__dataclass_fields__})
