from __future__ import annotations

import copy
import re
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories import countries, names
from signatories.models import Contact, Line, Signatory

PICTURE = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ue000-\uf8ff\ufe0f\U0001f000-\U0001faff\U000e0000-\U0010ffff]")
LINK = re.compile(r"https?:|www\.|://|\w\.\w{2,}/", re.IGNORECASE)
WEBSITE = re.compile(r"^(?:https?://)?([\w-]+(?:\.[\w-]+)+)(/[^\s<>\"']*)?$", re.IGNORECASE)


def printable(value: str) -> str:
    """Words for print and for mails to strangers: tidy, and without anything that reads as a link."""
    tidy = names.tidy(value)
    if LINK.search(tidy):
        raise forms.ValidationError(_("Leave out web addresses here."), code="link")
    if pictures := [char for char in tidy if PICTURE.match(char)]:
        words = _("Leave out symbols such as %(symbol)s: they cannot be printed in the letter.")
        raise forms.ValidationError(words, code="picture", params={"symbol": pictures[0]})
    if value.strip() and not any(char.isalnum() for char in tidy):
        raise forms.ValidationError(_("Enter a name with at least one letter or digit."), code="no_letter")
    return tidy


class PrintedField(forms.CharField):
    """One line of text that will be printed or quoted."""

    default_error_messages: ClassVar = {"max_length": _("Use at most %(limit_value)d characters.")}

    def clean(self, value: str | None) -> str:
        tidy = printable(super().clean(value))
        self.run_validators(tidy)  # again: composing makes some letters longer
        return tidy


class CountryField(forms.ChoiceField):
    """Its 256 names are looked at only where they are shown, not to check what was chosen."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=self.shown, **kwargs)

    @staticmethod
    def shown() -> list[tuple[str, object]]:
        return [("", _("Choose a country")), *countries.choices()]

    def valid_value(self, value: str) -> bool:
        return countries.is_known(value)


class SignOnForm(forms.Form):
    """What an organization says when it signs on. It saves nothing."""

    name = PrintedField(
        label=_("Organization"),
        error_messages={"required": _("Enter the organization’s name.")},
        max_length=200,
        help_text=_("As it should be printed, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    acronym = PrintedField(
        label=_("Acronym"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "dir": "auto"}),
    )
    country = CountryField(
        label=_("Country"),
        error_messages={"required": _("Choose the country.")},
        help_text=_("Where it is based; “International” or a region if it belongs to no one country."),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    scope = forms.ChoiceField(
        label=_("It works"),
        error_messages={"required": _("Say whether it works locally, nationally, regionally or internationally.")},
        choices=Signatory.Scope.choices,
        widget=forms.RadioSelect,
        help_text=_("For the count by reach; not printed beside your name."),
    )
    website = forms.CharField(
        label=_("Website"),
        max_length=200,
        required=False,
        help_text=_("Helps us to check that the organization is real. Not printed."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "dir": "ltr"}),
    )
    contact_name = PrintedField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        help_text=_("Only for questions about this sign-on. Never published."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    contact_role = PrintedField(
        label=_("Your role there"),
        error_messages={"required": _("Enter your role in the organization.")},
        max_length=120,
        help_text=_("Shows us that you may speak for it. Never published."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    contact_email = forms.EmailField(
        label=_("Your work e-mail"),
        error_messages={
            "required": _("Enter your work e-mail."),
            "invalid": _("Enter an e-mail address like name@example.org."),
        },
        max_length=200,
        help_text=_("We send a link to it: nothing is signed until you have used it. Never published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    visibility = forms.ChoiceField(
        label=_("How should it be listed?"),
        error_messages={"required": _("Say how it should be listed.")},
        choices=[
            (Signatory.Visibility.PUBLIC, _("Print our name: on this site and in the letter")),
            (Signatory.Visibility.COUNTED, _("Withhold our name: we are only counted")),
        ],
        initial=Signatory.Visibility.PUBLIC,
        widget=forms.RadioSelect,
        help_text=_("A withheld name is seen by the campaign’s team and vetters only, and printed nowhere."),
    )
    attested = forms.BooleanField(
        label=_("I am authorized to sign for this organization."),
        error_messages={"required": _("Tick the box if you are authorized to sign. If not, ask somebody who is.")},
    )

    def clean_website(self) -> str:
        website = self.cleaned_data["website"].strip()
        if website and not WEBSITE.match(website):
            raise forms.ValidationError(_("Enter an address like www.example.org, or leave it empty."), code="website")
        return website

    @property
    def line(self) -> Line:
        data = self.cleaned_data
        return Line(data["name"], data["acronym"], data["country"], data["website"])

    @property
    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(data["contact_name"], data["contact_role"], data["contact_email"])


class Unshown(dict[str, forms.Field]):
    """Fields that are only ever asked to clean: forms share them, where each would copy all of them for itself."""

    def __init__(self, fields: dict[str, forms.Field]) -> None:
        super().__init__(copy.deepcopy(fields))
        for field in self.values():
            field.help_text = ""  # each form asks whether there is one, which takes a translation

    def __deepcopy__(self, memo: dict[int, object]) -> dict[str, forms.Field]:
        return dict(self)


class SentForm(SignOnForm):
    """The same answers on their way into the database. Not for showing: widgets are changed while they are drawn."""


SentForm.base_fields = Unshown(SignOnForm.base_fields)


class ChoiceForm(forms.Form):
    """The deliberate act on the confirmation page: a required choice with nothing selected."""

    choice = forms.ChoiceField(
        label=_("Did your organization ask for this?"),
        choices=[("confirm", _("Yes, we sign this letter")), ("refuse", _("No, we did not ask for this"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the number of the one on the screen


class AgreeForm(forms.Form):
    """What an amendment of substance asks: a required choice with nothing selected."""

    choice = forms.ChoiceField(
        label=_("Does your organization agree to the amended letter?"),
        choices=[
            ("agree", _("Yes, we agree to the amended letter")),
            ("withdraw", _("No, take us off the letter")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ObjectionForm(forms.Form):
    """What may be said to a correction. Saying nothing is an answer too."""

    choice = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[("object", _("We object to this correction")), ("withdraw", _("Take us off the letter"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two, or close this page: then nothing changes.")},
    )
    words = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=1000,
        required=False,
        help_text=_("Only the campaign’s team reads this. You stay on the letter while it considers your objection."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("choice") == "object" and not data.get("words"):
            self.add_error("words", _("Say in a few words what is wrong with it."))
        return data
