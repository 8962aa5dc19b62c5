from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories.models import Signatory


class DeclineForm(forms.Form):
    """Why a sign-on is not accepted. Both go into the mail to the contact."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Signatory.DeclineReason.choices],
        error_messages={"required": _("Choose a reason: the contact is told.")},
    )
    note = forms.CharField(
        label=_("In your own words (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Stands in the mail below the reason."),
    )


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
        others = others.exclude(pk__in=[other.pk for other in live]).only("name", "acronym", "country", "visibility")
        field.widget.choices = [
            ("", field.empty_label),
            (_("Near names"), [(other.pk, other.line.name) for other in live]),
            (_("Same country"), [(other.pk, other.line.name) for other in others.order_by("name")]),
        ]
