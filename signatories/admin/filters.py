"""The queue's filters. The first is on unless switched off: what waits for a vetter."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Letter
from signatories import countries
from signatories.models import Signatory

DAY = timedelta(days=1)
AGES = {  # in words, older than, younger than
    "today": (_("less than a day"), None, DAY),
    "days": (_("1 to 3 days"), DAY, 3 * DAY),
    "old": (_("more than 3 days"), 3 * DAY, None),
}


def aged(age, now):
    """Conditions on `since` for one of AGES."""
    _label, older, younger = AGES[age]
    conditions = {}
    if older:
        conditions["since__lte"] = now - older
    if younger:
        conditions["since__gt"] = now - younger
    return conditions


def in_state(queryset, state):
    """Those in one state, in "all", or, for anything else, those that wait for a vetter."""
    if state in Signatory.Status.values:
        return queryset.filter(status=state)
    return queryset if state == "all" else queryset.awaiting_vetting()


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("all", _("All")), *Signatory.Status.choices]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("To be checked")}, *others]

    def queryset(self, request, queryset):
        return in_state(queryset, self.value())


class LetterFilter(admin.SimpleListFilter):
    title = _("letter")
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [(str(letter.pk), str(letter)) for letter in Letter.objects.public().prefetch_related("texts")]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(letter=chosen) if chosen.isdecimal() else queryset


class CountryFilter(admin.SimpleListFilter):
    """The country of a withheld signatory is sealed with its name, so it has a line of its own."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        shown = in_state(Signatory.objects.public(), request.GET.get(StateFilter.parameter_name))
        codes = shown.order_by().values_list("country", flat=True).distinct()
        named = sorted(((code, countries.name(code)) for code in codes), key=lambda choice: choice[1])
        return [*named, ("withheld", _("Name and country withheld"))]

    def queryset(self, request, queryset):
        if self.value() == "withheld":
            return queryset.withheld()
        return queryset.public().filter(country=self.value()) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    title = _("waiting for")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [(age, label) for age, (label, _older, _younger) in AGES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(**aged(self.value(), timezone.now())) if self.value() in AGES else queryset
