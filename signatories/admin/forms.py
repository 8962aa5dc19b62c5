from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from signatories.models import Signatory

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
        empty_label=_("Choose the sign-on to keep"),
        error_messages={
            "required": _("Choose the sign-on to keep."),
            "invalid_choice": _("Choose a confirmed or listed sign-on to the same letter."),
        },
    )

    def __init__(self, *args, signatory, near, **kwargs):
        """`near` are offered first, then the public ones of the same country."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["of"]
        field.queryset = Signatory.objects.live().filter(letter=signatory.letter_id).exclude(pk=signatory.pk)
        live = [other for other in near if other.status in {Signatory.Status.CONFIRMED, Signatory.Status.LISTED}]
        others = field.queryset.public().filter(country=signatory.line.country)
        others = others.exclude(pk__in=[other.pk for other in live]).with_line_only("visibility")
        field.widget.choices = [
            ("", field.empty_label),
            (_("Near names"), [(other.pk, other.line.name) for other in live]),
            (_("Same country"), [(other.pk, other.line.name) for other in others.order_by("name")]),
        ]
