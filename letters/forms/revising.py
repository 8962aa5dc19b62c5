from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.models import RevisionName


class NameForm(forms.Form):
    """What the team calls a revision; nothing takes the name away."""

    name = forms.CharField(
        label=_("Name"),
        max_length=RevisionName._meta.get_field("name").max_length,
        required=False,
        error_messages={"max_length": _("Choose a shorter name, of at most %(limit_value)d characters.")},
    )
