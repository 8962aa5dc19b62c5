import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from signatories.models import Signatory

MOST_OFFERED = 100  # names of one country: nobody reads a longer list
REFERENCE = re.compile(r"\b[0-9a-f]{8}(?:(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?\b")  # alone, or in the address of a page
WRONG_CHOICE = _("Choose a confirmed or listed sign-on to the same letter.")

AS_READ = _("{label} (the contact reads: “{told}”)")

REASONS = [
    (one.value, one.label if one.told is one.label else format_lazy(AS_READ, label=one.label, told=one.told))
    for one in Signatory.DeclineReason
]


class DeclineForm(forms.Form):
    """Why a sign-on is not accepted. Both go into the mail to the contact."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *REASONS],
        error_messages={"required": _("Choose a reason: the contact is told.")},
    )
    note = forms.CharField(
        label=_("In your own words (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Stands in the mail below the reason. Say nothing about other sign-ons."),
    )


class WithoutAnswerForm(forms.Form):
    """Approving while a question is open."""

    without_answer = forms.BooleanField(
        label=_("List it without the answer to the open question"),
        help_text=_("The question is closed: the contact is not asked any more."),
        error_messages={"required": _("A question is open. Tick the box to list it without the answer.")},
    )


class AskForm(forms.Form):
    """What the contact is asked; the answer comes through the signatory's own page."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        error_messages={"required": _("Write the question.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It stands in the mail, unless the name is withheld: then behind the link."),
    )


class SecondForm(forms.Form):
    """What the other vetters are asked."""

    note = forms.CharField(
        label=_("What to look at (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("For vetters alone. It is kept encrypted, and deleted with the contact’s data."),
    )


class LineForm(forms.Form):
    """Which of its corrections the vetter has seen: the signatory may have asked for another line since."""

    asked = forms.IntegerField(widget=forms.HiddenInput)


class DuplicateForm(forms.Form):
    """Which sign-on of the same letter this one repeats."""

    of = forms.ModelChoiceField(
        label=_("Duplicate of"),
        queryset=Signatory.objects.none(),
        required=False,
        empty_label=_("Choose the sign-on to keep"),
        error_messages={"invalid_choice": WRONG_CHOICE},
    )
    reference = forms.CharField(
        label=_("or of another: the address of its page, or its reference"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Search the queue for it, open it, and copy its address."),
    )

    def __init__(self, *args, signatory, near, **kwargs):
        """`near` are offered first, then the public ones of the same country if they are few enough to be read."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["of"]
        field.queryset = Signatory.objects.live().filter(letter=signatory.letter_id).exclude(pk=signatory.pk)
        live = [other for other in near if other.status in {Signatory.Status.CONFIRMED, Signatory.Status.LISTED}]
        there = field.queryset.real().public().filter(country=signatory.line.country)  # sorted as an index has them
        others = list(there.with_line_only("visibility").order_by("sought", "pk")[: MOST_OFFERED + 1])
        others = [] if len(others) > MOST_OFFERED else [other for other in others if other not in live]
        field.widget.choices = [
            ("", field.empty_label),
            (_("Near names"), [(other.pk, other.line.name) for other in live]),
            (_("Same country"), [(other.pk, other.line.name) for other in others]),
        ]

    def clean_reference(self):
        """The sign-on, or None."""
        written = self.cleaned_data["reference"]
        if not written:
            return None
        digits = max(REFERENCE.findall(written.lower()), key=len, default="").replace("-", "")
        rows: Any = self.fields["of"]
        keys = [UUID(digits.ljust(32, end)) for end in "0f"]
        there = list(rows.queryset.filter(pk__range=keys)[:2]) if digits else []
        if len(there) != 1:
            raise ValidationError(WRONG_CHOICE)
        return there[0]

    def clean(self):
        chosen, written = self.cleaned_data.get("of"), self.cleaned_data.get("reference")
        if not self.errors and bool(chosen) == bool(written):
            self.add_error("of", _("Choose one of the two.") if chosen else _("Choose the sign-on to keep."))
        return {**self.cleaned_data, "of": chosen or written}
