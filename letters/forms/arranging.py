"""In which order the list of signatories stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from letters.document import (
    CONTINUOUS,
    COUNTRY,
    KIND,
    NONE,
    PER_GROUP,
    REGION,
    SCOPE,
    UNNUMBERED,
    Arrangement,
)
from letters.models import Letter

SCOPE_IS_NOT_PRINTED = _("Organizations have signed that were told their scope is not printed. Choose other headings.")
WHY_NO_SCOPE = _(
    "Where organizations work is no choice here: some have signed and were told that it is not printed, as it would be"
    " in a heading."
)


class ArrangementForm(forms.Form):
    group_by = forms.ChoiceField(
        label=_("Headings in the list"),
        choices=Letter.GroupBy.choices,
        widget=forms.RadioSelect,
        help_text=_("Under a heading, names stand as the language of the letter sorts them."),
    )
    numbering = forms.ChoiceField(label=_("Numbers"), choices=Letter.Numbering.choices, widget=forms.RadioSelect)
    skips_articles = forms.BooleanField(
        label=_("Articles do not count"),
        required=False,
        help_text=_("“The Amber Fund” stands under A: English “The”, and the articles of the letter’s own language."),
    )
    initiators_first = forms.BooleanField(
        label=_("Initiators come first, under a heading of their own"),
        required=False,
        help_text=_("Those chosen below. Switched off, they stand among the others."),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        kwargs["initial"] = asdict(letter.arrangement)
        super().__init__(*args, **kwargs)
        if not letter.may_group_by_scope:
            self._leave_out_scope()

    def refuse_scope(self) -> None:
        """Somebody has signed since the page was made."""
        self.add_error("group_by", SCOPE_IS_NOT_PRINTED)

    def _leave_out_scope(self) -> None:
        group_by = cast("forms.ChoiceField", self.fields["group_by"])
        group_by.choices = [one for one in Letter.GroupBy.choices if one[0] != SCOPE]
        group_by.error_messages["invalid_choice"] = SCOPE_IS_NOT_PRINTED
        group_by.help_text = format_lazy("{} {}", group_by.help_text, WHY_NO_SCOPE)

    @property
    def arrangement(self) -> Arrangement:
        return Arrangement(**self.cleaned_data)


GROUPED = {
    COUNTRY: _("Names stand by country"),
    REGION: _("Names stand by region of the world"),
    SCOPE: _("Names stand by where organizations work"),
    KIND: _("Organizations stand before individuals"),
    NONE: _("Names stand in one list"),
}
NUMBERED = {
    UNNUMBERED: _("without numbers"),
    CONTINUOUS: _("numbered from the first to the last"),
    PER_GROUP: _("numbered anew under each heading"),
}


def in_words(arrangement: Arrangement) -> str:
    """What the form has set, for another page that leads to it."""
    said = [GROUPED[arrangement.group_by], NUMBERED[arrangement.numbering]]
    said += [_("initiators first")] if arrangement.initiators_first else []
    said += [_("articles not counted")] if arrangement.skips_articles else []
    return f"{', '.join(map(str, said))}."
