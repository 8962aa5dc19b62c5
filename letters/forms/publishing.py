"""What is said around the signed text once it is public, and when it comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.forms import Meanwhile
from letters import headlines, instants
from letters.forms.timetable import InstantField, InZone
from letters.models import Edition, Letter, Publication
from letters.pdf import typesetting, writing

AT_ONCE, LATER = "now", "later"
PARTS = {  # of the words: label, hint, the most characters, and rows where there may be several
    "headline": (
        _("Headline"),
        _(
            "For example: “{n} organizations highlight …”. There {n} is the number of organizations named, rounded"
            " down: “%(now)s” now. Left empty, the page keeps the letter’s title."
        ),
        300,
        0,
    ),
    "document_line": (
        _("Document line"),
        _("What this is, and to whom. Place and day of publication are added."),
        300,
        0,
    ),
    "lead": (_("Lead"), _("A sentence or two above the letter. Left empty, there is none."), 1000, 3),
    "note": (
        _("A note by the conveners"),
        _("Your own words, in a box of their own that says that nobody has signed them."),
        4000,
        5,
    ),
}
CHOSEN = ("shows_salutation", "shows_closing", "tells_signatories")
BRACES = re.compile(r"[{}]")


class PublishForm(Meanwhile, InZone):
    """For one of the `editions`, newest first. `named` is how many organizations the public list names now; `before`
    what it begins with, if there is anything."""

    times = ("comes_at",)
    marks_optional = False

    edition = forms.ChoiceField(label=_("Edition"), error_messages={"required": _("Choose the edition.")})
    shows_salutation = forms.BooleanField(label=_("Show the salutation"), required=False)
    shows_closing = forms.BooleanField(
        label=_("Show the closing"),
        required=False,
        help_text=_("Both stand in the PDF. A page that everybody reads often goes without."),
    )
    tells_signatories = forms.BooleanField(
        label=_("Tell the signatories by mail"), required=False, help_text=_("As soon as it is public.")
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("As soon as it is released")), (LATER, _("At a time that I set: an embargo"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say when it comes out.")},
    )
    comes_at = InstantField(
        label=_("Comes out"),
        required=False,
        help_text=_("Until then nothing of it can be seen, and it can be called back."),
    )

    def __init__(
        self,
        *args: Any,
        letter: Letter,
        editions: Sequence[Edition],
        named: int,
        proposed: Mapping[str, Any],
        before: Publication | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.letter, self.named, self.editions = letter, named, {str(one.number): one for one in editions}
        self.before = before
        numbered = [(number, _("Edition %(number)s") % {"number": number}) for number in self.editions]
        cast("forms.ChoiceField", self.fields["edition"]).choices = numbered
        self.initial.setdefault("edition", numbered[0][0])
        self._say_who_knows()
        if len(numbered) == 1:
            self.fields["edition"].widget = forms.HiddenInput()
        self.languages = list(dict.fromkeys(text["language"] for one in editions for text in one.revision.texts))
        for language in self.languages:
            self._add(language, proposed.get(language, {}))
        self.say_zone()
        began = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        self.watch(began, is_saved=before is not None and before.status == Publication.Status.PREPARED)

    def _say_who_knows(self) -> None:
        """Of an edition that came out before: whom that was told, it is not told again."""
        told = sorted(set(self.letter.publications.told().values_list("edition__number", flat=True)))
        self.initial.setdefault("tells_signatories", int(self.initial["edition"]) not in told)
        if told:
            hint = ngettext(
                "As soon as it is public. The signatories were told already that edition %(editions)s is published:"
                " who was told of an edition is not told of it again.",
                "As soon as it is public. The signatories were told already that editions %(editions)s are published:"
                " who was told of an edition is not told of it again.",
                len(told),
            )
            self.fields["tells_signatories"].help_text = hint % {"editions": ", ".join(map(str, told))}

    def _add(self, language: str, proposed: Mapping[str, str]) -> None:
        floor, more = headlines.rounded(self.named)
        now = {"now": f"{typesetting.number(floor)}{'+' if more else ''}"}
        for part, (label, hint, longest, rows) in PARTS.items():
            attrs = {"dir": writing.of(language).direction, "lang": language}
            widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
            self.fields[f"{part}_{language}"] = forms.CharField(
                label=label,
                help_text=hint % now if part == "headline" else hint,
                max_length=longest,
                required=False,
                widget=widget,
                initial=proposed.get(part, ""),
            )

    def zone_name(self) -> str:
        return self.letter.zone

    @property
    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields by language, for the template."""
        for language in self.languages:
            fields = [self[f"{part}_{language}"] for part in PARTS]
            named = writing.name_of(language, translation.get_language() or "en")
            yield {"language": language, "name": named, "fields": fields}

    @property
    def _time_is_new(self) -> bool:
        """Whether somebody typed it, rather than left there what was prepared before."""
        shown = self.fields["comes_at"].widget.format_value(
            self.get_initial_for_field(self.fields["comes_at"], "comes_at")
        )
        return bool(self.data.get("comes_at") != shown)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for language in self.languages:
            self._check_words(data, language)
        if data.get("when") == AT_ONCE and data.get("comes_at") and self._time_is_new:
            self.add_error("when", _("You entered a time, too: choose that it comes out then, or empty the time."))
        elif data.get("when") == AT_ONCE:
            data["comes_at"] = None
            self.errors.pop("comes_at", None)
        elif data.get("when") == LATER and "comes_at" not in self.errors:
            if not data.get("comes_at"):
                self.add_error("comes_at", _("Say when it comes out, or choose as soon as it is released."))
            elif data["comes_at"] <= timezone.now():
                self.add_error("comes_at", _("This lies in the past. Choose a later time."))
        return data

    def _check_words(self, data: Mapping[str, Any], language: str) -> None:
        headline = f"headline_{language}"
        if problem := self._wrong_with(data.get(headline, "")):
            self.add_error(headline, problem)
        for name in (f"document_line_{language}", f"lead_{language}"):
            if problem := self._above_the_truth(data.get(name, "")):
                self.add_error(name, problem)

    def _wrong_with(self, headline: str) -> str:
        """Why the headline cannot stand; "" if it can."""
        if BRACES.search(headline.replace(headlines.PLACE, "")):
            return gettext("Write {n} where the number belongs, and no other braces.")
        if claim := next(headlines.claims(headline), None):
            words = gettext(
                "Write {n} instead of the number in “%(claim)s”: it is counted anew whenever somebody looks, so it is"
                " true also after somebody has withdrawn."
            )
            return words % {"claim": claim[0]}
        return ""

    def _above_the_truth(self, said: str) -> str:
        """Why a sentence cannot stand that has no place for a number which stays true; "" if it can, by now."""
        claim = next((words for words, number in headlines.claims(said) if number > self.named), "")
        if not claim:
            return ""
        words = ngettext(
            "“%(claim)s” is above the truth: %(n)s organization is named now. If it counts something else, say it in"
            " other words, for example with “more than”.",
            "“%(claim)s” is above the truth: %(n)s organizations are named now. If it counts something else, say it in"
            " other words, for example with “more than”.",
            self.named,
        )
        return words % {"claim": claim, "n": typesetting.number(self.named)}

    def plan(self) -> dict[str, Any]:
        """The fields of letters.services.publications.Plan."""
        data = self.cleaned_data
        spoken = [text["language"] for text in self.chosen.revision.texts]
        words = {one: {part: data[f"{part}_{one}"] for part in PARTS} for one in spoken}
        return {"words": words, "comes_at": data["comes_at"], **{name: data[name] for name in CHOSEN}}

    @property
    def chosen(self) -> Edition:
        return self.editions[self.cleaned_data["edition"]]


def as_initial(before: Publication | None, zone: str) -> dict[str, Any]:
    """What a form begins with, but for the words: all of what is prepared; of what was public, how the page is set."""
    if before is None:
        return {"when": AT_ONCE}
    if before.status != Publication.Status.PREPARED:
        return {"when": AT_ONCE, "shows_salutation": before.shows_salutation, "shows_closing": before.shows_closing}
    comes_at = before.comes_at
    return {
        "edition": str(before.edition.number),
        "when": LATER if comes_at else AT_ONCE,
        "comes_at": instants.on_the_wall(comes_at, zone) if comes_at else None,
        **{name: getattr(before, name) for name in CHOSEN},
    }


class TakeBackPublicationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the letter and shown to the team, not to the public."),
        error_messages={"required": _("Say why, in a few words: signatories may ask.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    tells = forms.BooleanField(
        label=_("Tell the signatories by mail"),
        required=False,
        help_text=_(
            "A short mail: that it was taken back and when, that their sign-on stands, and that they may ask you why."
            " The reason above is not in it. Who was told that the letter is published reads on its own page that it"
            " was taken back, also without a mail."
        ),
    )
