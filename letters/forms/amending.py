"""What an amendment of an open letter is to be, and what it asks of those who have signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from letters import instants
from letters.changes import Proposal
from letters.forms.timetable import InstantField, InZone
from letters.models import Amendment, Letter

Class = Amendment.Class
USUAL = {Class.CORRECTION: timedelta(hours=48), Class.SUBSTANCE: timedelta(days=7)}
SOON = timedelta(minutes=30)  # before the letter's last moment
EFFECTS = {
    Class.TYPOGRAPHIC: _("Typographic: nobody is asked. Everybody stays on the roll."),
    Class.CORRECTION: _("Correction: everybody is told and may object. Everybody stays on the roll."),
    Class.SUBSTANCE: _("Substance: everybody is asked to agree again, and is off the roll until then."),
}


class AmendForm(InZone):
    """`proposal` is what the difference by itself comes to; a lighter class wants a reason."""

    times = ("until",)
    marks_optional = False  # what is needed depends on the choice

    weight = forms.ChoiceField(
        label=_("What kind of change is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    until = InstantField(
        label=_("Until when"),
        required=False,
        help_text=_(
            "Of a correction: until when they may object. Of substance: until when they must have agreed; who has not"
            " by then is left out."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Public, and in the mail to those who have signed. Needed for a lighter kind than proposed."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    sure = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: Letter, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter, self.proposal = letter, proposal
        self.offered = [Class(one) for one in proposal.allowed]  # lightest first
        cast("forms.ChoiceField", self.fields["weight"]).choices = [(one.value, EFFECTS[one]) for one in self.offered]
        self.initial.setdefault("weight", proposal.klass)
        leaving = getattr(letter, "listed_count", 0)
        words = ngettext_lazy(
            "Of substance: %(n)d organization leaves the roll until it agrees again.",
            "Of substance: %(n)d organizations leave the roll until they agree again.",
            leaving,
        )
        self.fields["sure"].label = words % {"n": leaving}
        if not leaving:
            del self.fields["sure"]
        self.say_zone()
        if usual := USUAL.get(Class(proposal.klass)):
            self.initial.setdefault("until", instants.on_the_wall(self._by_default(usual), letter.zone))

    def zone_name(self) -> str:
        return self.letter.zone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        weight = data.get("weight")
        if weight == Class.TYPOGRAPHIC:
            data["until"] = None
        elif weight and "until" not in self.errors:
            self._check_until(data.get("until"))
        if weight == Class.SUBSTANCE and "sure" in self.fields and not data.pop("sure", False):
            self.add_error("sure", _("Tick this if it is what you want; or choose a lighter kind, and say why."))
        data.pop("sure", None)
        if weight and self.proposal.wants_reason(weight) and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why this is no more than that: whoever has signed may ask."))
        return data

    def _check_until(self, until: datetime | None) -> None:
        last = self.letter.confirmable_until
        if until is None:
            self.add_error("until", _("Say until when."))
        elif until <= timezone.now():
            self.add_error("until", _("This lies in the past. Choose a later time."))
        elif last and until > last:
            words = _("The letter takes no answers after %(instant)s. Choose an earlier time.")
            self.add_error("until", words % {"instant": instants.in_words(last, self.letter.zone)})

    def _by_default(self, usual: timedelta) -> datetime:
        """To the minute, as forms show it, and within what the letter allows."""
        last = self.letter.confirmable_until
        chosen = timezone.now() + usual
        return (min(chosen, last - SOON) if last else chosen).replace(second=0, microsecond=0)
