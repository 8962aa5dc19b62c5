"""Changing a sign-on after it was sent."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories.forms.fields import PrintedField
from signatories.forms.organizations import SignOnForm
from signatories.forms.signing import VISIBILITY, explained, name_field
from signatories.models import Line, Signatory


class CorrectionForm(forms.Form):
    """The line and who signs for it, filled in as they stand, or as their owner has asked for another line."""

    def __init__(self, data: Any = None, *, signatory: Signatory) -> None:
        asked = signatory.corrections.open().filter(from_list=None).first()
        line = (asked or signatory).line
        given = {part: getattr(line, part) for part in Line.__dataclass_fields__}
        given |= {"contact_name": signatory.contact_name, "contact_role": signatory.contact_role}
        given["kind"] = (asked or signatory).kind
        super().__init__(data, initial=given)
        self.signatory = signatory
        both = signatory.letter.takes_individuals and not signatory.letter.editions.exists()
        if both:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Who signs"),
                choices=Signatory.Kind.choices,
                widget=forms.RadioSelect,
                help_text=_("An individual signs to be named, in a personal capacity."),
            )
        self.fields["name"] = name_field(
            label=_("Name"),
            error_messages={"required": _("Enter the name.")},
            help_text=_("Printed exactly like this, in any script."),
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )
        for name in ("acronym", "second_name", "reading", "country", "website"):
            if not signatory.is_individual or both or name not in ("acronym", "website"):
                self.fields[name] = copy.deepcopy(SignOnForm.base_fields[name])
        if signatory.is_individual or both:
            self.fields["affiliation"] = PrintedField(
                label=_("Role and organization"),
                max_length=200,
                required=False,
                help_text=_("Of an individual; printed for identification only."),
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
        if not signatory.is_individual or both:
            for name in ("contact_name", "contact_role"):
                self.fields[name] = copy.deepcopy(SignOnForm.base_fields[name])
                self.fields[name].required = not signatory.is_individual

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind == Signatory.Kind.INDIVIDUAL and self.signatory.is_withheld:
            raise forms.ValidationError(
                _("An individual signs to be named. First choose “Print our name” under “Who sees our name”.")
            )
        return str(kind)

    @property
    def facts(self) -> dict[str, Any]:
        """What services.correct wants to know."""
        data = self.cleaned_data
        kind = data.get("kind") or self.signatory.kind
        parts = {part: data.get(part, "") for part in Line.__dataclass_fields__}
        is_individual = kind == Signatory.Kind.INDIVIDUAL
        parts |= dict.fromkeys(("acronym", "website") if is_individual else ("affiliation",), "")
        return {
            "line": Line(**parts),
            "kind": kind,
            "contact_name": data["name"] if is_individual else data.get("contact_name", ""),
            "contact_role": data.get("contact_role", self.signatory.contact_role),
        }


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("How should it be listed?"),
        choices=[(level, explained(*words)) for level, words in VISIBILITY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it should be listed.")},
        help_text=_("It changes at once. Only you can make your name more visible."),
    )

    def __init__(self, data: Any = None, *, signatory: Signatory) -> None:
        super().__init__(data, initial={"visibility": signatory.visibility})
