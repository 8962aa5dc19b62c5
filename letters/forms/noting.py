"""What became of a delivery, and what comes with that: a day, words, a file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import instants
from letters.forms.delivering import UNSEEN
from letters.forms.timetable import InstantField, InZone
from letters.forms.writing import LinesField
from letters.models import Letter
from letters.pdf import opening

LARGEST_FILE = 10 * 2**20  # bytes
NO_PDF = {
    opening.Why.NONE: _(
        "This PDF does not open: it is damaged, or only a part of it has come. Save or scan it once more."
    ),
    opening.Why.LOCKED: _("This PDF opens with a password only. Save it without one, and choose that."),
    opening.Why.TOO_MUCH: _(
        "This PDF is so large once it is unpacked that we do not open it. Print it into a new PDF, and choose that."
    ),
}
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

    on = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the day of the acknowledgement."),
            "invalid": _("Enter a date like 2026-09-05."),
        },
    )
    words = LinesField(
        label=_("What it says"),
        required=False,
        max_length=2000,
        help_text=_("A reference number, who signed for it. Your team reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    proof = forms.FileField(
        label=_("The acknowledgement, as a file"),
        required=False,
        help_text=_("A mail, a scan, a receipt; up to 10 MB. Kept encrypted; who runs the letter can take it out."),
        error_messages={"empty": _("The file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": ",".join(PROOFS)}),
    )

    def clean_on(self) -> Any:
        return not_later_than_today(self.cleaned_data["on"])

    def clean_proof(self) -> tuple[str, bytes] | None:
        proof = self.cleaned_data["proof"]
        if proof and not proof.name.lower().endswith(PROOFS):
            raise forms.ValidationError(_("Choose a PDF, a picture, a mail or an office file."))
        found = contents(proof)
        if found and proof.name.lower().endswith(".pdf"):
            refuse_what_does_not_open(found[1])
        return found


def not_later_than_today(day: Any) -> Any:
    """Today has begun somewhere once it has begun at UTC+14."""
    if day > (timezone.now() + timedelta(hours=14)).date():
        raise forms.ValidationError(_("This lies in the future. Check the date."))
    return day


def refuse_what_does_not_open(content: bytes) -> None:
    """As a PDF."""
    if why := opening.doubt(content):
        raise forms.ValidationError(NO_PDF[why])


def contents(file: Any) -> tuple[str, bytes] | None:
    if not file:
        return None
    if file.size > LARGEST_FILE:
        raise forms.ValidationError(_("The file is larger than 10 MB. Save it smaller, or in parts."))
    return UNSEEN.sub("", file.name)[-150:], file.read()
