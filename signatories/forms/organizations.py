"""What is asked of an organization: seven things, six answers and a tick; the rest is folded away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.addresses import mailbox
from signatories import attestations
from signatories.evidence import is_own_domain
from signatories.forms.fields import AddressField, PrintedField, WebsiteField
from signatories.forms.signing import (
    VISIBILITY,
    SigningForm,
    Unshown,
    country_field,
    email_field,
    explained,
    name_field,
    reading_field,
    second_name_field,
)
from signatories.models import Contact, Line, Signatory


class SignOnForm(SigningForm):
    """An organization's."""

    kind = Signatory.Kind.ORGANIZATION
    folded = ("acronym", "second_name", "reading", "website", "second_email")

    name = name_field(
        label=_("Organization"),
        error_messages={"required": _("Enter the organization’s name.")},
        help_text=_("Printed exactly like this, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    country = country_field(
        help_text=_("Printed with the name. “International” or a region if you belong to no one country."),
    )
    scope = forms.ChoiceField(
        label=_("It works"),
        error_messages={"required": _("Say whether it works locally, nationally, regionally or internationally.")},
        choices=Signatory.Scope.choices,
        widget=forms.RadioSelect,
        help_text=_("Tells the vetters what to look for. Not printed."),
    )
    acronym = PrintedField(
        label=_("Acronym"),
        max_length=30,
        required=False,
        help_text=_("Printed in brackets after the name."),
        widget=forms.TextInput(attrs={"class": "short", "dir": "auto"}),
    )
    second_name = second_name_field()
    reading = reading_field()
    website = WebsiteField(
        label=_("Website"),
        max_length=200,
        required=False,
        help_text=_("Shows the vetters that the organization is real, so that the check goes faster. Not printed."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "dir": "ltr"}),
    )
    second_email = AddressField(
        label=_("E-mail of somebody else there"),
        error_messages={"invalid": _("Enter an e-mail address like name@example.org.")},
        max_length=200,
        required=False,
        help_text=_(
            "We ask there once whether this sign-on is right, which proves it better than anything else. An address at"
            " the domain of your website. Never published."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    contact_name = PrintedField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        help_text=_("So that we know whom to ask about this sign-on. Never published."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    contact_role = PrintedField(
        label=_("Your role there"),
        error_messages={"required": _("Enter your role in the organization.")},
        max_length=120,
        help_text=_("Shows the vetters that you may speak for it. Never published."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    contact_email = email_field(label=_("Your work e-mail"))
    visibility = forms.ChoiceField(
        label=_("How should it be listed?"),
        error_messages={"required": _("Say how it should be listed.")},
        choices=[(level, explained(*words)) for level, words in VISIBILITY.items()],
        initial=Signatory.Visibility.PUBLIC,
        widget=forms.RadioSelect,
        help_text=_("Only you can make your name more visible later; the campaign can only withhold more."),
    )
    attested = forms.BooleanField(
        label=attestations.AUTHORIZED,
        error_messages={"required": _("Tick the box if you are authorized to sign. If not, ask somebody who is.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("second_email"):
            self._check_second(data["second_email"], data)
        return data

    def _check_second(self, second: str, data: dict[str, Any]) -> None:
        """A second mailbox says something only where nobody but the organization hands them out."""
        if mailbox(second) == mailbox(data.get("contact_email", "")):
            self.add_error(
                "second_email", _("This is your own address: enter that of somebody else, or leave it empty.")
            )
        elif not data.get("website"):
            if "website" not in self.errors:
                self.add_error("website", _("Enter the website: the second address has to be at its domain."))
        elif not is_own_domain(second, data["website"]):
            words = _("This address is not at the domain of your website. Enter one that is, or leave it empty.")
            self.add_error("second_email", words)

    @staticmethod
    def in_this_capacity(answers: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody has said already who signed as an individual."""
        kept = {name: answers.get(name, "") for name in ("country", "contact_email")}
        return {**kept, "contact_name": answers.get("name", ""), "contact_role": answers.get("affiliation", "")}

    @property
    def line(self) -> Line:
        data = self.cleaned_data
        return Line(
            *(data["name"], data["acronym"], data["country"], data["website"], data["second_name"], data["reading"])
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What services.sign_on wants to know."""
        data = self.cleaned_data
        return {
            "kind": self.kind,
            "line": self.line,
            "visibility": data["visibility"],
            "scope": data["scope"],
            "contact": Contact(data["contact_name"], data["contact_role"], data["contact_email"]),
            "second_email": data["second_email"],
        }


class SentForm(SignOnForm):
    """The same answers on their way into the database. Not for showing: widgets are changed while they are drawn."""


SentForm.base_fields = Unshown(SignOnForm.base_fields)
