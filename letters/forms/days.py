"""Days, as a browser's own calendar gives them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
        invalid = {"invalid": _("Enter a date like 2026-09-05.")}
        super().__init__(widget=widget, error_messages=invalid | kwargs.pop("error_messages", {}), **kwargs)


def not_later_than_today(day: date) -> None:
    """A validator. Today has begun somewhere once it has begun at UTC+14."""
    if day > (timezone.now() + timedelta(hours=14)).date():
        raise forms.ValidationError(_("This lies in the future. Check the date."))
