"""What of the sign-ons is wanted as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories.models.vocabulary import Reason

FORMATS = [("xlsx", _("Excel (.xlsx)")), ("ods", _("OpenDocument (.ods), for LibreOffice")), ("csv", _("Plain (.csv)"))]


class ExportForm(forms.Form):
    form = forms.ChoiceField(label=_("File"), choices=FORMATS, initial="xlsx", widget=forms.RadioSelect)


class ConfidentialExportForm(ExportForm):
    contacts = forms.BooleanField(
        label=_("With contact data"),
        required=False,
        help_text=_(
            "Names, roles and e-mail addresses of the people who signed. They gave them for this letter alone."
        ),
    )
    withheld = forms.BooleanField(
        label=_("With the names that are withheld"),
        required=False,
        help_text=_(
            "Some withhold their name because publishing it would endanger them. Their lines are marked; keep the file"
            " to yourself, and delete it when you are done."
        ),
    )
    reason = forms.ChoiceField(
        label=_("What for"),
        choices=[("", _("Choose")), *Reason.choices],
        error_messages={"required": _("Choose what you need it for.")},
        help_text=_("The journal keeps it, with your account and the time."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("contacts") or data.get("withheld")):
            self.add_error("contacts", _("Choose contact data or withheld names; without either, take the plain list."))
        return data
