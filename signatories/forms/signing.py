"""What is asked of whoever signs, be it an organization or a person. None of these forms saves anything."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from signatories import countries
from signatories.forms.fields import AddressField, CountryField, PrintedField
from signatories.models import Signatory

explained = lazy(lambda words, hint: format_html('{} <span class="hint">{}</span>', words, hint), SafeString)

VISIBILITY = {
    Signatory.Visibility.PUBLIC: (
        _("Print our name"),
        _(
            "It stands on this site, in the public document, in the addressee’s copy and in the lists to download:"
            " everyone sees it. Our mails name you and the letter."
        ),
    ),
    Signatory.Visibility.RECIPIENT: (
        _("Only in the addressee’s copy"),
        _(
            "It stands in the copy for the addressee and nowhere else: the addressee, the campaign’s team and the"
            " vetters see it. Everywhere else you are one of the “names withheld”, and our mails name nothing."
        ),
    ),
    Signatory.Visibility.COUNTED: (
        _("Withhold our name: we are only counted"),
        _(
            "It stands nowhere, in no copy: only the campaign’s team and the vetters see it. Everywhere you are one of"
            " the “names withheld”, and our mails name nothing."
        ),
    ),
}


def name_field(**more: Any) -> PrintedField:
    return PrintedField(max_length=200, **more)


def country_field(**more: Any) -> CountryField:
    return CountryField(
        label=_("Country"),
        error_messages={"required": _("Choose the country.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
        **more,
    )


def second_name_field() -> PrintedField:
    return name_field(
        label=_("Name in another language or script"),
        required=False,
        help_text=_("The original name, or an English one. Printed after the name."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def reading_field() -> PrintedField:
    return name_field(
        label=_("Sorted by"),
        required=False,
        help_text=_(
            "Where the spelling does not tell how a name is said, as in Japanese or Chinese: the list sorts"
            " “海岸灯塔之友” by “Hai’an Dengta zhi You” if you enter that. Not printed."
        ),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def email_field(**more: Any) -> AddressField:
    return AddressField(
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.org."),
        },
        max_length=200,
        help_text=_("We send a link to it: nothing is signed until you have used it. Never published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        **more,
    )


class SigningForm(forms.Form):
    """What the two have in common."""

    kind: str
    folded: tuple[str, ...]  # what may be left out

    @property
    def is_unfolded(self) -> bool:
        """Whether something that may be left out is filled in, or wrong, or asked for by its Change button."""
        return any(
            self[name].errors or self[name].value() or "autofocus" in self.fields[name].widget.attrs
            for name in self.folded
        )

    @property
    def said(self) -> list[tuple[BoundField, object]]:
        """What was filled in, in words and in the order of the page; not what was ticked."""
        asked = [self[name] for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        return [(field, words) for field in asked if (words := self._in_words(field.name))]

    def _in_words(self, name: str) -> object:
        value = self.cleaned_data[name]
        if name == "country":
            return countries.name(value)
        if name == "scope":
            return Signatory.Scope(value).label
        return VISIBILITY[value][0] if name == "visibility" else value

    def turn_to(self, name: str) -> None:
        """Have the page open at this field, which takes no script."""
        if name in self.fields:
            self.fields[name].widget.attrs["autofocus"] = True


class Unshown(dict[str, forms.Field]):
    """Fields that are only ever asked to clean: forms share them, where each would copy all of them for itself."""

    def __init__(self, fields: dict[str, forms.Field]) -> None:
        super().__init__(copy.deepcopy(fields))
        for field in self.values():
            field.help_text = ""  # each form asks whether there is one, which takes a translation

    def __deepcopy__(self, memo: dict[int, object]) -> dict[str, forms.Field]:
        return dict(self)
