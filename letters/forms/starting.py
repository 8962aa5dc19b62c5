"""The ways to begin a letter: a pasted text or a file, an earlier letter, an empty page (forms.writing)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from letters import body, intake
from letters.forms.writing import languages
from letters.intake.docx import LARGEST_FILE
from letters.intake.source import is_html
from letters.models import Letter

LONGEST_SOURCE = 1_000_000  # bytes; it travels up to twice in one request, and the site takes 5 MB
TOO_LARGE = _("The file is larger than 5 MB. Remove the pictures, or paste the text instead.")


def campaign_field(**kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose one of your campaigns.")},
        **kwargs,
    )


class OfCampaign(forms.Form):
    """For a new letter in one of the campaigns somebody runs."""

    campaign = campaign_field()

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ModelChoiceField, self.fields["campaign"])
        choice.queryset = campaigns
        if len(campaigns) == 1:
            choice.initial = campaigns[0].pk
            choice.widget = forms.HiddenInput()


class SourceField(forms.CharField):
    """What was pasted, as it came: nothing stripped but what no text can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        words = str(super().to_python(value)).replace("\x00", "").replace("\r\n", "\n")
        if len(words.encode("utf-8", "replace")) > LONGEST_SOURCE:
            raise forms.ValidationError(
                _("This is longer than we can take: a megabyte. Paste the letter alone, without what is around it.")
            )
        return words


class PasteForm(OfCampaign):
    """A letter in one box, or a file. `cleaned_data["source"]` is what letters.intake reads.

    `html` is what the clipboard held besides the plain words `html_of`: it counts as long as those stand in the box.
    """

    marks_optional = False

    words = SourceField(
        label=_("Your letter"),
        required=False,
        help_text=_(
            "All of it, from the date to the last signatory, as it is in your document, mail or PDF. You see next "
            "what we made of it."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    html = SourceField(required=False, widget=forms.HiddenInput)
    html_of = SourceField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Or a Word file"),
        required=False,
        help_text=_("A .docx of up to 5 MB. If you choose one, the box above is left aside."),
        error_messages={"empty": _("The file is empty. Choose another, or paste the text instead.")},
        widget=forms.FileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )

    def clean_file(self) -> str:
        """The file as HTML, "" if there is none."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        try:
            html = intake.from_docx(file.read())
        except intake.NotReadable as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        return SourceField(required=False).clean(html)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("html", "html_of"):
            self.errors.pop(name, None)  # too long to come along: the words by themselves will do
        if self.errors:
            return data
        has_html = data.get("html") and data.get("html_of", "").split() == data["words"].split()
        data["source"] = data["file"] or (data["html"] if has_html else data["words"])
        if not data["source"].strip():
            self.add_error("words", _("Paste the letter here, or choose a file below."))
        return data

    @staticmethod
    def showing(source: str) -> dict[str, str]:
        """Initial values for the box with a source in it again."""
        if not is_html(source):
            return {"words": source}
        words = body.to_text(body.clean(source))
        return {"words": words, "html": source, "html_of": words}


class RecognizedForm(OfCampaign):
    """What was recognized, sent back: the source, the roles of its pieces, and what the source cannot say."""

    marks_optional = False

    campaign = campaign_field(widget=forms.HiddenInput)
    source = SourceField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("None was found. Say above where it stands, or enter one; a provisional one will do."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=languages, help_text=_("The one that is authentic.")
    )

    def roles(self, count: int) -> dict[int, str]:
        """The roles given to pieces by their number; those that are not sent, or none of ours, stay as recognized."""
        sent = {number: self.data.get(f"role_{number}", "") for number in range(count)}
        return {number: role for number, role in sent.items() if role in intake.ROLES}


class LetterChoice(forms.ModelChoiceField):
    def label_from_instance(self, letter: Any) -> str:
        """Several may have the same title."""
        return f"{letter} ({letter.campaign}, {date_format(letter.created_at, 'j F Y')})"


class LikeForm(OfCampaign):
    """An earlier letter of the user's as a template."""

    letter = LetterChoice(
        label=_("Earlier letter"),
        queryset=Letter.objects.none(),
        help_text=_("Its texts in all languages come along; signatories, dates and comments do not."),
        error_messages={
            "required": _("Choose the letter to begin from."),
            "invalid_choice": _("Choose one of your letters."),
        },
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty to keep the earlier one for now."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    keep_recipients = forms.BooleanField(
        label=_("Keep its recipients and salutation"),
        required=False,
        help_text=_("Otherwise they are left empty, for the letter to go to somebody else."),
    )

    def __init__(self, *args: Any, letters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["letter"]).queryset = letters
