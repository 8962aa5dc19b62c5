"""What is asked of a person who signs in a personal capacity, and so to be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories import attestations
from signatories.forms.signing import (
    SigningForm,
    Unshown,
    country_field,
    email_field,
    name_field,
    reading_field,
    second_name_field,
)
from signatories.models import Contact, Line, Signatory


class IndividualForm(SigningForm):
    """A person's."""

    kind = Signatory.Kind.INDIVIDUAL
    folded = ("second_name", "reading")

    name = name_field(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        help_text=_("Printed exactly like this, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    country = country_field(help_text=_("Where you live or work: the list is grouped by it."))
    affiliation = name_field(
        label=_("Role and organization"),
        required=False,
        help_text=_(
            "Printed small after your name, with the note that it is for identification only: it tells you from others"
            " of your name and does not sign for the organization."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    contact_email = email_field(label=_("Your e-mail"))
    second_name = second_name_field()
    reading = reading_field()
    named = forms.BooleanField(
        label=attestations.NAMED,
        error_messages={
            "required": _("Tick the box if your name may be printed: a person signs by name, or leaves it to others.")
        },
    )
    attested = forms.BooleanField(
        label=attestations.PERSONAL,
        error_messages={"required": _("Tick the box if you sign for yourself. If not, sign as an organization.")},
    )

    @staticmethod
    def in_this_capacity(answers: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody has said already who signed for an organization."""
        kept = {name: answers.get(name, "") for name in ("country", "contact_email")}
        affiliation = ", ".join(filter(None, (answers.get("contact_role"), answers.get("name"))))
        return {**kept, "name": answers.get("contact_name", ""), "affiliation": affiliation}

    @property
    def line(self) -> Line:
        data = self.cleaned_data
        more = {name: data[name] for name in ("second_name", "reading", "affiliation")}
        return Line(data["name"], country=data["country"], **more)

    @property
    def facts(self) -> dict[str, Any]:
        """What services.sign_on wants to know."""
        data = self.cleaned_data
        return {
            "kind": self.kind,
            "line": self.line,
            "visibility": Signatory.Visibility.PUBLIC,
            "scope": "",
            "contact": Contact(data["name"], data["affiliation"], data["contact_email"]),
        }


class SentIndividualForm(IndividualForm):
    """The same on its way into the database, as SentForm is."""


SentIndividualForm.base_fields = Unshown(IndividualForm.base_fields)
