"""How the document looks: its sheet, and how the list of signatories stands on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters.document import A4, LISTED, RUNNING, US_LETTER, Look, Picture
from letters.models import Letter
from letters.pdf import logos

CHOSEN = [name for name in Look.__dataclass_fields__ if name != "logos"]  # those come and go one by one
TOO_MANY = _("The letterhead has room for six logos. Remove one below, then add this one.")


class LookForm(forms.Form):
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

    logo = forms.FileField(
        label=_("Another logo for the letterhead"),
        required=False,
        help_text=_(
            "Of an organization that initiates the letter: a PNG or JPEG file, up to 500 KB and 4,000 points wide or"
            " tall. Up to six stand in one row, each as large as the others seem. It shows in the preview once it is"
            " saved."
        ),
        error_messages={"empty": _("The file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,image/png,image/jpeg"}),
    )
    logo_name = forms.CharField(
        label=_("Whose logo it is"),
        required=False,
        max_length=200,
        help_text=_("The organization’s name: it is read aloud to whoever does not see the logo."),
        error_messages={"max_length": _("Enter a name of up to 200 characters.")},
    )

    field_order = ["layout", "columns", "paper", "acronyms", "second_names", "countries"]

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        look = letter.printed_look
        kwargs["initial"] = {name: getattr(look, name) for name in CHOSEN}
        super().__init__(*args, **kwargs)
        self._logos = look.logos

    def clean_logo(self) -> Picture | None:
        """Reading it is the check: what no picture can be made of is refused in words."""
        file = self.cleaned_data["logo"]
        if not file:
            return None
        if len(self._logos) >= logos.MOST:
            raise forms.ValidationError(TOO_MANY)
        try:
            return logos.read(file.read(logos.LARGEST + 1))
        except logos.NoLogo as error:
            raise forms.ValidationError(error.reason) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("logo") and not data.get("logo_name") and "logo_name" not in self.errors:
            self.add_error(
                "logo_name", _("Enter the name of the organization whose logo it is, and choose the file again.")
            )
        if data.get("logo_name") and not data.get("logo") and "logo" not in self.errors:
            self.add_error("logo", _("Choose the file with the logo, or leave the name out."))
        return data

    def refuse_logo(self) -> None:
        """Others have added theirs since the page was made."""
        self.add_error("logo", TOO_MANY)

    @property
    def tried(self) -> dict[str, Any]:
        """What a preview is to show."""
        data = self.cleaned_data if self.is_bound and not self.errors else self.initial
        return {name: data[name] for name in CHOSEN}

    @property
    def look(self) -> Look:
        return Look(**{name: self.cleaned_data[name] for name in CHOSEN}, logos=self._logos)
