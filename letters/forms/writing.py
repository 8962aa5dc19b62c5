"""What a coordinator writes: a new letter, its parts, its recipients."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import global_settings
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from letters.editor import BodyField, PlainBodyField
from letters.forms.days import DayField
from letters.models import Letter, Recipient

COMMON = ["en", "fr", "es", "ar", "ru", "zh-hans", "pt", "de", "sw", "fa", "hi", "ja", "ko", "am"]
PLAUSIBLE = MinValueValidator(date(1900, 1, 1), _("Check the year: the letter would carry this date."))


def languages() -> list[tuple[str, Any]]:
    """Languages a letter can be written in, the common ones first."""
    names = {**dict(global_settings.LANGUAGES), "am": _("Amharic"), "ti": _("Tigrinya"), "ps": _("Pashto")}
    others = sorted((code for code in names if code not in COMMON), key=lambda code: str(names[code]))
    return [(code, _(str(names[code]))) for code in [*COMMON, *others]]


class NewLetterForm(forms.Form):
    campaign: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), empty_label=None
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("As it will stand over the letter; you can change it until you open the letter."),
        error_messages={"required": _("Enter a title; a provisional one will do.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages, help_text=_("The one that is authentic."))

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ModelChoiceField, self.fields["campaign"])
        choice.queryset = campaigns
        if len(campaigns) == 1:
            choice.initial = campaigns[0]


class LinesField(forms.CharField):
    """A few lines; line ends as they are stored, whatever the browser sent."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def _line(label: Any, hint: Any = "", limit: int = 300) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=False, widget=widget)


class WriteForm(forms.Form):
    """The parts of a letter around its recipients, in the order in which they stand on it."""

    marks_optional = False  # nearly everything is, while one drafts

    version = forms.CharField(max_length=17_000, required=False, widget=forms.HiddenInput)  # Draft.fingerprint()
    place = _line(_("Place"), limit=100)
    date = DayField(
        label=_("Date"),
        required=False,
        help_text=_("The date the letter carries. For “August 2018” choose any day of the month."),
        validators=[PLAUSIBLE],
    )
    date_precision = forms.ChoiceField(
        label=_("The date shows"), choices=Letter.DatePrecision.choices, widget=forms.RadioSelect
    )
    re_line = _line(_("Re line"), _("The subject, where the letter has one."))
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Enter a title; a provisional one will do.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    salutation = _line(_("Salutation"), _("“Dear High Commissioner,”"), limit=200)
    body = BodyField(label=_("Text"), required=False)
    closing = LinesField(
        label=_("Closing"),
        max_length=500,
        required=False,
        help_text=_("“With assurances of our highest consideration,”"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    headline = _line(
        _("Headline"),
        _(
            "No part of what is signed, but public from opening on, like the text. {n} becomes the number of"
            " organizations. What is to stay unknown until you publish is entered there, under “Publish”."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=languages)
    revision_name = _line(
        _("What to call this revision"), _("Such as “as sent to partners”. It is given when you press Save."), limit=100
    )

    def __init__(self, *args: Any, language: str = "en", as_text: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_in, self.as_text = language, as_text
        if as_text:
            self.fields["body"] = PlainBodyField(
                label=_("Text"),
                required=False,
                help_text=_(
                    "A blank line begins a paragraph. ## begins a heading, - a list item, > a quotation. **bold**, "
                    "*italic*, [words](https://…) for a link, [^1] for a footnote with [^1]: its text below."
                ),
            )
        cast(BodyField, self.fields["body"]).write_in(language)

    def typed(self) -> dict[str, Any]:
        """What was entered, unchecked, to show it again."""
        return {name: self[name].value() for name in self.fields}


class RecipientForm(forms.Form):
    marks_optional = False

    line = forms.ChoiceField(
        label=_("To or cc"), choices=[(Recipient.Line.TO, _("To")), (Recipient.Line.CC, _("cc (receives a copy)"))]
    )
    honorific = _line(_("Honorific"), _("“H.E.”, “Dr”, “Ms”"), limit=60)
    name = _line(_("Name"), limit=200)
    office = _line(_("Office"), limit=200)
    organization = _line(_("Body or organization"), limit=200)
    address = LinesField(
        label=_("Postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_(
            "Public: it is not printed, but part of what is signed, and anybody can read it in the file of the signed"
            " text. An address that is to stay private is not entered here but when the delivery is prepared: leave"
            " this empty."
        ),
        error_messages={"invalid": _("Enter an e-mail address like office@example.org, or leave it empty.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_somebody = any(data.get(part) for part in ("name", "office", "organization"))
        if not is_somebody and any(data.get(part) for part in ("honorific", "address", "email")):
            raise forms.ValidationError(_("Enter a name, an office or a body for this recipient, or remove it."))
        return data


class BaseRecipients(forms.BaseFormSet):
    """Recipients in order. Buttons move, add and remove them without script, and nothing typed is lost by it."""

    def recipients(self) -> tuple[dict[str, str], ...]:
        """Those that are somebody, in the order of printing: "to" before "cc". Empty rows are left out."""
        named = (form.cleaned_data for form in self.forms if form.cleaned_data)
        somebody = [one for one in named if one.get("name") or one.get("office") or one.get("organization")]
        return tuple(sorted(somebody, key=lambda one: one["line"] != Recipient.Line.TO))

    def shown(self) -> list[dict[str, Any]]:
        """The rows as they stand on the page, unchecked."""
        return [{name: form[name].value() or "" for name in form.fields} for form in self.forms]

    def typed(self) -> list[dict[str, Any]]:
        return [{name: form[name].data for name in form.fields} for form in self.forms]

    @staticmethod
    def rearranged(rows: list[dict[str, Any]], act: str, index: int) -> list[dict[str, Any]]:
        """The rows after pressing a button: "add", "remove", "up" or "down"; as they were if there is no such row."""
        rows = list(rows)
        if act == "add":
            rows.append({"line": Recipient.Line.TO})
        elif not 0 <= index < len(rows):
            return rows
        elif act == "remove":
            rows.pop(index)
        else:
            other = index + (1 if act == "down" else -1)
            if 0 <= other < len(rows):
                rows[index], rows[other] = rows[other], rows[index]
        return rows


Recipients = forms.formset_factory(RecipientForm, formset=BaseRecipients, extra=0, max_num=60, absolute_max=80)
