"""What goes to a recipient and which way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.forms.writing import LinesField
from letters.models import Delivery, Rendering
from letters.models.deliveries import LARGEST_ATTACHED
from letters.pdf import writing

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
JOINERS = "\u200c\u200d"  # nobody sees these either, but Persian and Sinhala names are misspelt without them
OF_MAILS = ("email", "from_name", "reply_to", "subject", "attached")
ON_PAPER = _(
    "Its text, from the salutation to the name. Blank lines stay: room to sign. You print it from the next page."
)
NOTE_LABELS = {
    Delivery.Channel.EMAIL: (_("Cover note"), _("Stands above the facts about the letter. Plain text.")),
    Delivery.Channel.PORTAL: (_("Words for the portal"), _("What is entered there beside the document. Kept here.")),
    Delivery.Channel.POST: (_("Cover letter"), ON_PAPER),
    Delivery.Channel.HAND: (_("Cover letter"), ON_PAPER),
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
        help_text=_(
            "For this delivery alone: kept encrypted, and read by nobody but owners and coordinators. If it is the one"
            " on the signed list, it is public there."
        ),
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
        cast("forms.ChoiceField", self.fields["document"]).choices = [(_key(one), _in_words(one)) for one in offered]

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
