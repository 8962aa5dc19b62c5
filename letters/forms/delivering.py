"""What goes to a recipient and which way, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import instants
from letters.forms.timetable import InstantField, InZone
from letters.forms.writing import LinesField
from letters.models import Delivery, Letter, Rendering
from letters.models.deliveries import LARGEST_ATTACHED
from letters.pdf import writing

LARGEST_FILE = 10 * 2**20  # bytes
PROOFS = (".pdf", ".eml", ".msg", ".txt", ".docx", ".odt", ".png", ".jpg", ".jpeg")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
JOINERS = "\u200c\u200d"  # nobody sees these either, but Persian and Sinhala names are misspelt without them
OF_MAILS = ("email", "from_name", "reply_to", "subject", "attached")
NOTE_LABELS = {
    Delivery.Channel.EMAIL: (_("Cover note"), _("Stands above the facts about the letter. Plain text.")),
    Delivery.Channel.PORTAL: (_("Words for the portal"), _("What is entered there beside the document. Kept here.")),
    Delivery.Channel.POST: (_("Cover note"), _("What goes into the envelope with the letter. Kept here.")),
    Delivery.Channel.HAND: (_("Cover note"), _("What is handed over with the letter. Kept here.")),
}


class HeaderField(forms.CharField):
    """A line that stands in the head of a mail: nothing in it that nobody sees."""

    widget = forms.TextInput(attrs={"dir": "auto"})

    def to_python(self, value: Any) -> str:
        line = " ".join(UNSEEN.sub(" ", str(super().to_python(value))).split())
        return line if line.strip(JOINERS + " ") else ""


class DeliveryForm(forms.Form):
    """By one channel: of others than mail it asks less. `offered` are the documents that can go to this recipient."""

    marks_optional = False

    email = forms.EmailField(
        label=_("To"),
        max_length=254,
        error_messages={
            "required": _("Enter the address to which the mail goes."),
            "invalid": _("Enter an e-mail address, such as office@ministry.example."),
        },
    )
    from_name = HeaderField(
        label=_("From"),
        max_length=100,
        help_text=_("This name stands before the site’s own address: mail servers refuse what uses another’s."),
        error_messages={"required": _("Enter the name that the recipient sees.")},
    )
    reply_to = forms.EmailField(
        label=_("Replies go to"),
        max_length=254,
        error_messages={
            "required": _("Enter the address at which you read replies."),
            "invalid": _("Enter an e-mail address, such as letters@example.org."),
        },
    )
    subject = HeaderField(
        label=_("Subject"), max_length=200, error_messages={"required": _("Enter what the mail is about.")}
    )
    note = LinesField(
        label=_("Cover note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
    )
    document = forms.ChoiceField(
        label=_("Document"), widget=forms.RadioSelect, error_messages={"required": _("Choose what is delivered.")}
    )
    attached = forms.TypedChoiceField(
        label=_("How does the mail bring it?"),
        choices=[
            ("file", _("The PDF is attached")),
            ("link", _("The mail has a link to its public address on this site")),
        ],
        coerce=lambda value: value == "file",
        initial="file",
        widget=forms.RadioSelect,
    )
    follow_up_days = forms.IntegerField(
        label=_("Remind us after so many days"),
        min_value=0,
        max_value=365,
        help_text=_("If neither an acknowledgement nor a reply is noted by then. 0: never."),
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": _("Enter a number of days, or 0.")},
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput)  # when it was last changed, as it was shown

    def __init__(
        self, *args: Any, channel: str, offered: Sequence[Rendering], has_address: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.channel, self.offered = channel, offered
        if channel != Delivery.Channel.EMAIL:
            for name in OF_MAILS:
                del self.fields[name]
        elif not has_address:
            del self.fields["attached"]
        self.fields["note"].label, self.fields["note"].help_text = NOTE_LABELS[Delivery.Channel(channel)]
        self.fields["document"].choices = [(_key(one), _in_words(one)) for one in offered]  # type: ignore[attr-defined]

    def clean_from_name(self) -> str:
        name = str(self.cleaned_data["from_name"])
        if "@" in name or "<" in name or ">" in name:
            raise forms.ValidationError(_("Enter a name without an address: the site’s own stands behind it."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("document", "").endswith(":addressee") and data.get("attached") is False:
            self.add_error("attached", _("The addressee’s copy has no address to link to. Attach it."))
        elif self.channel == Delivery.Channel.EMAIL and data.get("attached", True):
            self._refuse_what_is_too_large(data.get("document"))
        return data

    def _refuse_what_is_too_large(self, key: str | None) -> None:
        chosen = next((one for one in self.offered if _key(one) == key), None)
        if chosen is None or chosen.bytes <= LARGEST_ATTACHED:
            return
        if "attached" in self.fields and chosen.is_public:
            words = _(
                "This PDF is larger than 10 MB, too large for a mail. Choose the link, or deliver it another way."
            )
            self.add_error("attached", words)
        elif chosen.is_public:
            words = _(
                "This PDF is larger than 10 MB, too large for a mail. Deliver it another way, or publish the edition"
                " first: then the mail can link to it."
            )
            self.add_error("document", words)
        else:
            words = _("This PDF is larger than 10 MB, too large for a mail. Deliver it another way.")
            self.add_error("document", words)

    def parcel(self) -> dict[str, Any]:
        """As letters.services.Parcel has it."""
        data = dict(self.cleaned_data)
        language, _sep, variant = data.pop("document").partition(":")
        data.pop("known")
        return {
            "channel": self.channel,
            "language": language,
            "variant": variant,
            "is_attached": data.pop("attached", True),
            **data,
        }


def _key(one: Rendering) -> str:
    return f"{one.language}:{one.variant}"


def _in_words(one: Rendering) -> str:
    name = writing.name_of(one.language, "en")
    if one.is_public:
        return str(_("%(language)s, the public document") % {"language": name})
    return str(_("%(language)s, the addressee’s copy, with names for the addressee alone") % {"language": name})


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
        return contents(proof)


class ReplyForm(forms.Form):
    marks_optional = False

    by_whom = forms.CharField(
        label=_("By whom"),
        max_length=300,
        help_text=_("As it should be read: name, office, body."),
        error_messages={"required": _("Say who replied.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    received_on = forms.DateField(
        label=_("When"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day it came."), "invalid": _("Enter a date like 2026-09-05.")},
    )
    delivery = forms.TypedChoiceField(
        label=_("To which delivery"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A reply to the letter that names none counts as one to all that had arrived by that day."),
    )
    words = LinesField(
        label=_("Words"),
        required=False,
        max_length=20_000,
        help_text=_("The reply itself, or what it says. Plain text."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("The reply, as a PDF"),
        required=False,
        help_text=_("Up to 10 MB. Kept encrypted, and shown to nobody else until you publish the reply."),
        error_messages={"empty": _("The file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def __init__(
        self, *args: Any, deliveries: Sequence[tuple[int, str]] = (), has_file: bool = False, **kwargs: Any
    ) -> None:
        """`deliveries`, each with its key and in words, are those that it can be to."""
        super().__init__(*args, **kwargs)
        self.has_file = has_file
        self.fields["delivery"].choices = [("", _("To the letter")), *deliveries]  # type: ignore[attr-defined]
        if not deliveries:
            self.fields["delivery"].widget = forms.HiddenInput()
        if has_file:
            self.fields["file"].label = _("Another PDF instead of the one that is kept")

    def clean_received_on(self) -> Any:
        return not_later_than_today(self.cleaned_data["received_on"])

    def clean_file(self) -> tuple[str, bytes] | None:
        found = contents(self.cleaned_data["file"])
        if found and not found[1].startswith(b"%PDF-"):
            raise forms.ValidationError(_("This is no PDF. Save or scan the reply as a PDF and choose that."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["words"].strip() or data["file"] or self.has_file):
            self.add_error("words", _("Enter what the reply says, or choose its PDF below."))
        return data


def not_later_than_today(day: Any) -> Any:
    """Today has begun somewhere once it has begun at UTC+14."""
    if day > (timezone.now() + timedelta(hours=14)).date():
        raise forms.ValidationError(_("This lies in the future. Check the date."))
    return day


def contents(file: Any) -> tuple[str, bytes] | None:
    if not file:
        return None
    if file.size > LARGEST_FILE:
        raise forms.ValidationError(_("The file is larger than 10 MB. Save it smaller, or in parts."))
    return UNSEEN.sub("", file.name)[-150:], file.read()
