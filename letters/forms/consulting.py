"""A round of consultation, the partners who are invited, and the answers they get."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.forms.timetable import InstantField, InZone
from letters.forms.writing import LinesField, languages
from letters.models import Comment, Letter

MOST = 200  # invitations at once
LONGEST = 600  # characters of a line
TAKEN = "taken"  # accepted, and the wording goes into the text
INVITED = re.compile(
    r"^(?P<organization>.*?)[\s,;<(]*(?P<email>[^\s,;<>()]+@[^\s,;<>()]+)[>)]*(?:[\s,;]+(?P<language>[A-Za-z-]+))?$"
)


class _OfLetter(InZone):
    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.say_zone()

    def zone_name(self) -> str:
        return self.letter.zone

    def _check_future(self, name: str, instant: datetime | None) -> None:
        if instant and instant <= timezone.now():
            self.add_error(name, _("This lies in the past. Choose a later time."))


class BeginConsultationForm(_OfLetter):
    times = ("opens_at", "closes_at")

    opens_at = InstantField(
        label=_("Begins"), required=False, help_text=_("Leave it empty to begin at the press of the button.")
    )
    closes_at = InstantField(label=_("Ends"), error_messages={"required": _("Say until when partners can comment.")})
    message = LinesField(
        label=_("Message to the partners"),
        max_length=2000,
        required=False,
        help_text=_("What you would most like to hear about. It stands in the mail and above the draft."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_future("closes_at", data.get("closes_at"))
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and opens_at >= closes_at:
            self.add_error("closes_at", _("The round has to end after it begins. Choose a later time."))
        return data


class ExtendConsultationForm(_OfLetter):
    times = ("until",)

    until = InstantField(label=_("Ends"), error_messages={"required": _("Say until when partners can comment.")})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_future("until", data.get("until"))
        return data


class InviteForm(forms.Form):
    """Partners, one per line; `cleaned_data["lines"]` is a list of (organization, e-mail, language or "")."""

    lines = LinesField(
        label=_("Partner organizations"),
        max_length=50_000,
        help_text=_("One per line: Organization, name@example.org. A language may follow: , fr"),
        error_messages={"required": _("Enter at least one organization and its address.")},
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false"}),
    )

    def clean_lines(self) -> list[tuple[str, str, str]]:
        lines = [(number, line.strip()) for number, line in enumerate(self.cleaned_data["lines"].split("\n"), start=1)]
        found: dict[str, tuple[str, str, str]] = {}
        errors = []
        for number, line in lines:
            try:
                invitee = _invitee(line) if line else None
                if invitee and invitee[1] in found:
                    raise ValidationError(_("this address stands above already."))
            except ValidationError as error:
                errors.append(_("Line %(number)s: %(what)s") % {"number": number, "what": error.messages[0]})
            else:
                found |= {invitee[1]: invitee} if invitee else {}
        if len(found) > MOST:
            errors.append(_("Invite at most %(most)s at a time.") % {"most": MOST})
        if errors:
            raise ValidationError(errors)
        return list(found.values())


def _invitee(line: str) -> tuple[str, str, str]:
    match = INVITED.match(line) if len(line) <= LONGEST else None
    if not match:
        raise ValidationError(_("there is no e-mail address. Write: Organization, name@example.org"))
    organization, email = " ".join(match["organization"].split()), match["email"].lower()
    language = (match["language"] or "").lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(_("the e-mail address is not complete.")) from None
    if not organization:
        raise ValidationError(_("the name of the organization is missing before the address."))
    if len(organization) > 200 or len(email) > 254:
        raise ValidationError(_("name or address is too long."))
    if language and language not in dict(languages()):
        raise ValidationError(_("we do not know this language. Use a code like fr, ar or es, or leave it out."))
    return organization, email, language


class AnswerForm(forms.Form):
    """What becomes of a comment. Each has a form of its own on the page, told apart by `prefix`."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = forms.CharField(
        label=_("Why, or what you did"),
        required=False,
        max_length=2000,
        help_text=_("Everyone consulted can read it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)  # the answer that was on the screen

    def __init__(self, *args: Any, comment: Comment, may_take: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"was": comment.answer, "answer": comment.answer, "words": comment.answer_words}
        kwargs["prefix"] = f"comment-{comment.pk}"
        super().__init__(*args, **kwargs)
        taken = [(TAKEN, _("Accepted: put the proposed wording into the text"))] if may_take else []
        cast("forms.ChoiceField", self.fields["answer"]).choices = [*taken, *Comment.Answer.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == Comment.Answer.DECLINED and not data.get("words", "").strip():
            self.add_error("words", _("Say why: the partner took the trouble to write."))
        return data
