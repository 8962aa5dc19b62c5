"""What became of a delivery, and what comes with that: a day, words, a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import instants
from letters.forms import files
from letters.forms.days import DayField, not_later_than_today
from letters.forms.files import KeptFileField
from letters.forms.timetable import InstantField, InZone
from letters.forms.writing import LinesField
from letters.models import Letter

PROOFS = (".pdf", ".eml", ".msg", ".txt", ".docx", ".odt", ".png", ".jpg", ".jpeg")


class HandOverForm(InZone):
    times = ("at",)
    marks_optional = False

    at = InstantField(label=_("When"), error_messages={"required": _("Say when it was handed over or sent.")})
    words = forms.CharField(
        label=_("How, and to whom"),
        required=False,
        max_length=1000,
        help_text=_("For example: registered mail, number RR 123; or: taken in at the front desk. Your team reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # the fingerprint of what was looked at

    def __init__(self, *args: Any, letter: Letter, frozen_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.frozen_at = letter, frozen_at.replace(second=0, microsecond=0)
        self.initial.setdefault("at", instants.on_the_wall(timezone.now(), letter.zone))
        self.say_zone()

    def zone_name(self) -> str:
        return self.letter.zone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        at = data.get("at")
        if at and at > timezone.now():
            self.add_error("at", _("This lies in the future. Note it once it has happened."))
        elif at and at < self.frozen_at:
            self.add_error("at", _("The edition was not there yet. Check the time."))
        return data


class BounceForm(forms.Form):
    words = forms.CharField(
        label=_("What came back, and why"),
        max_length=300,
        help_text=_("In your own words: mailbox full, moved to another ministry, not accepted."),
        error_messages={"required": _("Say in a few words why it came back.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class AcknowledgeForm(forms.Form):
    marks_optional = False

    on = DayField(
        label=_("On which day"),
        error_messages={"required": _("Enter the day of the acknowledgement.")},
        validators=[not_later_than_today],
    )
    words = LinesField(
        label=_("What it says"),
        required=False,
        max_length=2000,
        help_text=_("A reference number, who signed for it. Your team reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    proof = KeptFileField(
        accept=",".join(PROOFS),
        label=_("The acknowledgement, as a file"),
        help_text=_("A mail, a scan, a receipt; up to 10 MB. Kept encrypted; who runs the letter can take it out."),
    )

    def clean_proof(self) -> tuple[str, bytes] | None:
        proof = self.cleaned_data["proof"]
        if proof and not proof.name.lower().endswith(PROOFS):
            raise forms.ValidationError(_("Choose a PDF, a picture, a mail or an office file."))
        found = files.contents(proof)
        if found and proof.name.lower().endswith(".pdf"):
            files.refuse_what_does_not_open(found[1])
        return found
