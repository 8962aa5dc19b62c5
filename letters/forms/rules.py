"""Who may sign a letter, and what others may take of it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from letters.models import Letter

explained = lazy(lambda words, hint: format_html('{} <span class="hint">{}</span>', words, hint), SafeString)


class RulesForm(forms.Form):
    open_to = forms.ChoiceField(
        label=_("Who may sign"),
        choices=[
            (
                Letter.OpenTo.ORGANIZATIONS,
                explained(
                    Letter.OpenTo.ORGANIZATIONS.label,
                    _("Who signs does so for an organization; names of people are printed nowhere."),
                ),
            ),
            (
                Letter.OpenTo.BOTH,
                explained(
                    Letter.OpenTo.BOTH.label,
                    _(
                        "People may also sign in a personal capacity. They are always named, listed after the"
                        " organizations, and counted apart."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who may sign.")},
    )
    may_be_indexed = forms.BooleanField(
        label=_("Search engines may list the page"),
        required=False,
        help_text=_(
            "Switched off, the page and its files ask search engines to leave them out, and the front page of this site"
            " does not name it; whoever has the address still reads them."
        ),
    )
    shares_list = forms.BooleanField(
        label=_("The list of signatories may be taken as a file"),
        required=False,
        help_text=_(
            "As JSON, CSV or text, for partners’ own pages. Switched off, the names stand on the page and in the"
            " documents alone; the numbers stay available."
        ),
    )

    criteria = forms.CharField(
        label=_("How sign-ons are checked, in your words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_(
            "What vetters look at before a name is listed. It stands on a page of its own that the letter and the"
            " sign-on form lead to. Left empty, that page says it in our words, in each language of the site."
        ),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        rules = {name: getattr(letter, name) for name in self.base_fields if name != "seen"}
        kwargs["initial"] = {**rules, "seen": json.dumps(rules)}
        super().__init__(*args, **kwargs)
        self.letter = letter
        if letter.has_individuals:
            self.fields["open_to"].help_text = _(
                "Individuals have signed, so the letter stays open to both: taking that back would take them off it"
                " without asking them."
            )

    def clean_open_to(self) -> str:
        if self.cleaned_data["open_to"] == Letter.OpenTo.ORGANIZATIONS and self.letter.has_individuals:
            words = _(
                "Individuals have signed already. Leave it open to both, or ask them to withdraw first. One that was"
                " declined or set aside counts too, for that may be taken back."
            )
            raise forms.ValidationError(words, code="individuals")
        return self.cleaned_data["open_to"]

    def clean(self) -> dict[str, Any]:
        """What somebody else has changed since this page was made is not switched back unseen."""
        data = super().clean() or {}
        chosen = {name: data[name] for name in data if name != "seen"}
        for name, value in self._changed_since(data.pop("seen", "")).items():
            if name in chosen and chosen[name] != value:
                self.add_error(name, self._told(value))
        if self.errors:
            self.data = {name: self.data.get(name) for name in self.data} | {"seen": self.initial["seen"]}
        return data

    def clean_criteria(self) -> str:
        return self.cleaned_data["criteria"].replace("\r\n", "\n")

    def _changed_since(self, seen: str) -> dict[str, Any]:
        now = {name: value for name, value in self.initial.items() if name != "seen"}
        try:
            before = json.loads(seen)
        except ValueError:
            return now
        return {name: value for name, value in now.items() if not isinstance(before, dict) or before.get(name) != value}

    def _told(self, value: Any) -> str:
        if value is True:
            return str(_("Somebody has switched this on meanwhile. Save again if you want it off."))
        if value is False:
            return str(_("Somebody has switched this off meanwhile. Save again if you want it on."))
        if value not in Letter.OpenTo.values:
            return str(_("Somebody has written something else here meanwhile. Look again, and save what is to stand."))
        words = _("Somebody has changed this meanwhile, to “%(now)s”. Save again if you want it otherwise.")
        return words % {"now": Letter.OpenTo(value).label}
