"""When a letter opens and closes, on the clocks of some place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import instants
from letters.models import Letter

FARTHEST = timedelta(days=3653)  # a year with a digit too many is a slip


class InstantField(forms.DateTimeField):
    """A time on the clocks of some zone; the form turns it into an instant."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "medium"}, format="%Y-%m-%dT%H:%M")
        invalid = {"invalid": _("Enter date and time like 2026-09-05 18:00.")}
        super().__init__(widget=widget, error_messages=invalid | kwargs.pop("error_messages", {}), **kwargs)

    def from_current_timezone(self, value: datetime) -> datetime:
        return value

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        return moment.replace(tzinfo=None) if moment else None


class InZone(forms.Form):
    """Times that are turned into instants in a zone; when clocks show a time twice, the form asks which is meant."""

    times: tuple[str, ...] = ()

    def zone_name(self) -> str:
        raise NotImplementedError

    def say_zone(self) -> None:
        """On whose clocks, where the form does not ask."""
        words = _("Enter it in %(zone)s.") % {"zone": instants.zone_in_words(self.zone_name())}
        for name in self.times:
            self.fields[name].help_text = f"{self.fields[name].help_text} {words}".strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.times:
            if data.get(name):
                data[name] = self._instant(name, data[name])
        return data

    def _instant(self, name: str, local: datetime) -> datetime | None:
        chosen = self.data.get(f"{name}_fold")
        zone = self.zone_name()
        try:
            instant = instants.at(local.date(), local.time(), zone)
        except instants.Nonexistent as gap:
            next_valid = gap.next_valid.strftime("%Y-%m-%d %H:%M")
            self.add_error(
                name,
                _("Clocks there jump over this time. The next one that exists is %(next)s.") % {"next": next_valid},
            )
            return None
        except instants.Ambiguous as twice:
            self._ask_which(name, twice)
            if chosen in ("0", "1"):
                return twice.later if chosen == "1" else twice.earlier
            self.add_error(f"{name}_fold", _("Clocks there show this time twice. Choose which one you mean."))
            return None
        except ValueError:  # next to the year 1 or 9999
            instant = None
        if instant is None or instant > timezone.now() + FARTHEST:
            self.add_error(name, _("This is more than ten years away. Check the year."))
            return None
        return instant

    def _ask_which(self, name: str, twice: instants.Ambiguous) -> None:
        """A field for the choice, right below the one for the time."""
        choices = [
            (fold, _("%(time)s UTC") % {"time": instant.strftime("%Y-%m-%d %H:%M")})
            for fold, instant in ((0, twice.earlier), (1, twice.later))
        ]
        self.fields[f"{name}_fold"] = forms.ChoiceField(
            label=_("Which of the two?"), choices=choices, widget=forms.RadioSelect
        )
        names = list(self.fields)[:-1]
        names.insert(names.index(name) + 1, f"{name}_fold")
        self.order_fields(names)


class TimetableForm(InZone):
    times = ("opens_at", "closes_at")

    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: _zones(),
        help_text=_("The times below are on the clocks of this place. Pages show it and UTC."),
    )
    opens_at = InstantField(
        label=_("Opens"), required=False, help_text=_("Leave it empty to open at the press of the button.")
    )
    closes_at = InstantField(
        label=_("Closes"), error_messages={"required": _("Say until when organizations can sign.")}
    )
    slug = forms.SlugField(
        label=_("Public address"),
        max_length=80,
        help_text=_(
            "The last part of the letter’s web address: letters, digits and hyphens. It stays once the letter is open."
        ),
        error_messages={
            "required": _("Enter the last part of the web address, like “bridge-over-the-lind”."),
            "invalid": _("Use the letters a to z, digits and hyphens only, without spaces."),
        },
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        if letter.zone not in instants.zones():  # a name that a place no longer has: kept until another is chosen
            cast("forms.ChoiceField", self.fields["zone"]).choices = [_choice(letter.zone), *_zones()]
        if not letter.is_draft:
            del self.fields["slug"], self.fields["opens_at"]

    def zone_name(self) -> str:
        return self.cleaned_data.get("zone") or "UTC"

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug == "new" or Letter.objects.filter(slug=slug).exclude(pk=self.letter.pk).exists():
            raise forms.ValidationError(_("This address is taken; choose another."), code="taken")
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        opens_at, closes_at = data.get("opens_at") or self.letter.opens_at, data.get("closes_at")
        if closes_at and closes_at <= timezone.now():
            self.add_error("closes_at", _("This lies in the past. Choose a later time."))
        elif closes_at and opens_at and opens_at >= closes_at:
            self.add_error("closes_at", _("Sign-on has to close after it opens. Choose a later time."))
        elif closes_at and (promised := self.letter.answers_cut_short(closes_at)):
            self.add_error("closes_at", _too_early(promised, self.zone_name()))
        return data


def _choice(zone: str) -> tuple[str, str]:
    return zone, zone.replace("_", " ")


def _zones() -> list[tuple[str, str]]:
    return [_choice(zone) for zone in instants.zones()]


def _too_early(promised: datetime, zone: str) -> str:
    words = _(
        "Signatories have been told that they can answer the last amendment until %(when)s. Let sign-on close a day"
        " before that at the earliest."
    )
    return words % {"when": instants.in_words(promised, zone)}


class ReopenForm(InZone):
    times = ("closes_at",)

    closes_at = InstantField(label=_("Closes again"), error_messages={"required": _("Say until when.")})
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the letter and shown to the team."),
        error_messages={"required": _("Say why, in a few words: organizations may ask.")},
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter

    def zone_name(self) -> str:
        return self.letter.zone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        closes_at = data.get("closes_at")
        if closes_at and closes_at <= timezone.now():
            self.add_error("closes_at", _("This lies in the past. Choose a later time."))
        elif closes_at and (promised := self.letter.answers_cut_short(closes_at)):
            self.add_error("closes_at", _too_early(promised, self.zone_name()))
        return data
