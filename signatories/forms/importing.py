"""A list of sign-ons on the desk: where it comes from, what its rows are, and that these agreed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories import countries, names
from signatories.forms.fields import AddressField, printable
from signatories.models import Import, Signatory
from signatories.reading.places import code_of

LONGEST_TEXT = 1_000_000  # characters; 10,000 lines. In any script less than settings.DATA_UPLOAD_MAX_MEMORY_SIZE
LARGEST_FILE = 5 * 2**20  # bytes
OTHER = "other"  # row, whose number is entered
PARTS = ("name", "acronym", "second_name", "country", "email")  # that can be edited in the table
LONGEST = {"name": 200, "acronym": 30, "second_name": 200, "country": 100, "email": 200}
ACCEPTED = ".csv,.tsv,.txt,.xlsx,.ods,.docx"
PROOFS = (".pdf", ".eml", ".msg", ".txt", ".docx", ".odt", ".xlsx", ".ods", ".csv", ".png", ".jpg", ".jpeg")

AGREED = _("These organizations agreed to this text, the one in force now, and whoever said so was entitled to.")

SEEN_BY = [  # as the team says it of somebody else; the words of models.vocabulary are the signatory's own
    (Signatory.Visibility.PUBLIC.value, _("Everybody")),
    (Signatory.Visibility.RECIPIENT.value, _("The addressee alone")),
    (Signatory.Visibility.COUNTED.value, _("Nobody: it is counted")),
]


def _file(label: Any, hint: Any, accept: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        help_text=hint,
        error_messages={"empty": _("The file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": accept}),
    )


class ImportForm(forms.Form):
    marks_optional = False

    text = forms.CharField(
        label=_("The list"),
        required=False,
        strip=False,
        help_text=_(
            "One organization a line, rows of a table, or the text of a mail. You see next what we made of it."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    file = _file(
        _("Or a file"),
        _("A spreadsheet (.xlsx, .ods, .csv) or a Word file (.docx) of up to 5 MB. Then the box above is left aside."),
        ACCEPTED,
    )
    origin = forms.ChoiceField(
        label=_("How did these sign-ons come?"),
        choices=[(one.value, one.label) for one in Import.Origin],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    source = forms.CharField(
        label=_("From whom, and when?"),
        max_length=300,
        help_text=_(
            "For example: mail of the network’s secretary, 3 May. The vetters read it beside each name, and each"
            " organization on its own page."
        ),
        error_messages={"required": _("Say in a few words where the list comes from.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_proof = forms.TypedChoiceField(
        label=_("Who says that they signed?"),
        choices=[
            ("ask", _("Each is asked by mail and confirms. Without an e-mail address it cannot be added.")),
            ("proof", _("The source is the proof: it shows that each of them signed. No mail asks them.")),
        ],
        coerce=lambda value: value == "proof",
        initial="ask",
        widget=forms.RadioSelect,
    )
    proof = _file(
        _("The proof, as a file"),
        _("A mail, a scan, the export of the form; up to 5 MB. Your team and the vetters see it, and nobody else."),
        ",".join(PROOFS),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\x00", "").replace("\r\n", "\n")
        if len(text) > LONGEST_TEXT:  # not as the field's own limit: the browser would cut off what is pasted, silently
            raise forms.ValidationError(_("This is longer than we can take at once. Send it as a file, or in pieces."))
        return text

    def clean_file(self) -> tuple[str, bytes] | None:
        return _content(self.cleaned_data["file"])

    def clean_proof(self) -> tuple[str, bytes] | None:
        proof = self.cleaned_data["proof"]
        if proof and not proof.name.lower().endswith(PROOFS):
            raise forms.ValidationError(_("Choose a PDF, a picture, a mail or an office file."))
        return _content(proof)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data["file"] and not data["text"].strip():
            self.add_error("text", _("Paste the list here, or choose a file below."))
        return data


def _content(file: Any) -> tuple[str, bytes] | None:
    if not file:
        return None
    if file.size > LARGEST_FILE:
        raise forms.ValidationError(_("The file is larger than 5 MB. Send it in smaller pieces."))
    return file.name[-150:], file.read()


class AddForm(forms.Form):
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)  # the number of the revision on the screen
    agreed = forms.BooleanField(
        label=AGREED, error_messages={"required": _("Tick the box if this is so. Otherwise do not add them.")}
    )


class PlaceForm(forms.Form):
    country = forms.ChoiceField(
        label=_("Country for the rows without one"), error_messages={"required": _("Choose a country or a region.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["country"]).choices = [("", _("Choose")), *countries.choices()]


class RowForm(forms.Form):
    """One row of the table. `near` are keys and names of what it may be the same as; `number` is the row's own.

    `decision`, once clean, is that of a Change.
    """

    name = forms.CharField(label=_("Organization"), required=False)
    acronym = forms.CharField(label=_("Acronym"), required=False)
    second_name = forms.CharField(label=_("Second name"), required=False)
    country = forms.CharField(label=_("Country"), required=False)
    email = forms.CharField(label=_("E-mail"), required=False)
    decision = forms.ChoiceField(label=_("What to do"))
    other = forms.IntegerField(label=_("Number of that row"), required=False, min_value=1)
    visibility = forms.ChoiceField(label=_("Who sees the name"), choices=SEEN_BY)

    def __init__(self, *args: Any, near: list[tuple[str, str]], number: int, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        for part in PARTS:
            self.fields[part].widget.attrs |= {"dir": "auto", "maxlength": LONGEST[part]}
        self.fields["country"].widget.attrs["list"] = "countries"
        self.fields["email"].widget.attrs["dir"] = "ltr"
        undecided = [("ask", _("Choose: add, skip or the same"))] if asks else []
        same = [(key, _("The same as %(what)s") % {"what": what}) for key, what in near]
        rest = [("add", _("Add")), ("skip", _("Skip")), *same]
        if number > 1:
            rest.append((OTHER, _("The same as another row above")))
        cast("forms.ChoiceField", self.fields["decision"]).choices = [*undecided, *rest]

    def clean_name(self) -> str:
        return self._printed("name")

    def clean_acronym(self) -> str:
        return self._printed("acronym")

    def clean_second_name(self) -> str:
        return self._printed("second_name")

    def _printed(self, part: str) -> str:
        words = printable(self.cleaned_data[part])
        if len(words) > LONGEST[part]:
            raise forms.ValidationError(_("Use at most %(limit)d characters."), params={"limit": LONGEST[part]})
        return words

    def clean_country(self) -> str:
        written = names.tidy(self.cleaned_data["country"])
        code = country_code(written)
        if written and not code:
            raise forms.ValidationError(_("We know no country or region of this name. Choose one from the list."))
        return code

    def clean_email(self) -> str:
        written = self.cleaned_data["email"].strip()
        return AddressField(max_length=200).clean(written) if written else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == OTHER:
            data["decision"] = f"r:{data.get('other')}"
            if not data.get("other") or data["other"] >= self.number:  # only upwards: so no two are each other's double
                self.add_error("other", _("Enter the number of a row further up."))
        if data.get("decision") == "add" and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter the name, or skip the row."))
        if data.get("decision") == "add" and not data.get("country") and "country" not in self.errors:
            self.add_error("country", _("Enter the country, “International” or a region, or skip the row."))
        return data


def country_code(written: str) -> str:
    """The code of a country or region as the table shows it, or as people write it; "" for none."""
    by_name = {name.casefold(): code for code, name in countries.choices()}
    return by_name.get(written.casefold()) or code_of(written, codes=True)
