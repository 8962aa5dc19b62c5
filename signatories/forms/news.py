"""What became of a letter, noted at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from letters.forms.days import DayField
from letters.models import Edition, Letter
from signatories.models import News

Kind = News.Kind


class NewsForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[(kind.value, kind.label) for kind in (Kind.DELIVERED, Kind.PUBLISHED, Kind.REPLIED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    happened_on = DayField(
        label=_("When"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter the day like 2027-05-03.")},
    )
    edition = forms.ChoiceField(
        label=_("Which edition"),
        required=False,
        help_text=_("Each mail says how its reader stands in this one: the line as printed, its number, the document."),
        error_messages={"invalid_choice": _("There is no such edition.")},
    )
    whom = forms.CharField(
        label=_("To whom it was delivered, or who answered"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2000,
        help_text=_("A few sentences, as the signatories should read them. Of an answer: what it says."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=500,
        help_text=_("Where it can be read, beginning with https://"),
        validators=[URLValidator(schemes=["http", "https"], message=_("Enter an address that begins with https://"))],
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {str(one.number): one for one in letter.editions.light().order_by("-number")}
        chosen: Any = self.fields["edition"]
        chosen.choices = [
            *((number, _edition_in_words(one)) for number, one in self.editions.items()),
            ("", _("None: the mails say nothing of one")),
        ]
        chosen.initial = next(iter(self.editions), "")
        if not self.editions:
            del self.fields["edition"]

    def clean_edition(self) -> Edition | None:
        return self.editions.get(self.cleaned_data["edition"])

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate() + timedelta(days=1):  # it may be tomorrow somewhere
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind in (Kind.DELIVERED, Kind.REPLIED) and not data.get("whom"):
            missing = _("Say to whom.") if kind == Kind.DELIVERED else _("Say who answered.")
            self.add_error("whom", missing)
        if kind == Kind.PUBLISHED and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Enter the address at which it was published."))
        if kind == Kind.REPLIED and not data.get("words") and not data.get("url") and "url" not in self.errors:
            self.add_error("words", _("Say what the answer is, or give its address below."))
        return data


def _edition_in_words(edition: Edition) -> str:
    day = date_format(timezone.localtime(edition.as_of), "DATE_FORMAT")
    return _("Edition %(number)s, frozen on %(day)s") % {"number": edition.number, "day": day}
