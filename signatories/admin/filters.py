"""The queue's filters. The first is on unless switched off: what waits for a vetter."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Letter
from signatories import countries
from signatories.admin.glance import FITS
from signatories.models import Opinion, Signatory

DAY = timedelta(days=1)
MOST_ASKED = 1000  # sign-ons that are asked where they are from
AGES = {  # in words, older than, younger than
    "today": (_("less than a day"), None, DAY),
    "days": (_("1 to 3 days"), DAY, 3 * DAY),
    "old": (_("more than 3 days"), 3 * DAY, None),
}


def shows_no_list(request):
    """Whether only the rows under the filters are wanted: for the next one of the queue, or for an action on many."""
    return request.method == "POST" or hasattr(request, "asks_for_the_next")


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


class HeldFilter(admin.SimpleListFilter):
    """Those that were taken and have no mail yet are pending, which the first filter hides."""

    title = _("held")
    parameter_name = "held"

    def lookups(self, request, model_admin):
        return [("now", _("Held now")), *Signatory.HeldBecause.choices]

    def queryset(self, request, queryset):
        if self.value() == "now":
            return queryset.exclude(held_because="").filter(released_at__isnull=True)
        return queryset.filter(held_because=self.value()) if self.value() else queryset


def _letters(request):
    return Letter.objects.vetted_by(request.user).public().prefetch_related("texts")


class LetterFilter(admin.SimpleListFilter):
    title = _("letter")
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [(str(letter.pk), str(letter)) for letter in _letters(request)]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(letter=chosen) if chosen.isdecimal() else queryset


class CountryFilter(admin.SimpleListFilter):
    """The country of a withheld signatory is sealed with its name, so it has a line of its own."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        return [*self._named(request), ("withheld", _("Name and country withheld"))]

    def _named(self, request):
        """The countries of those that wait; all there are where it takes long to ask, or nobody will look."""
        state = request.GET.get(StateFilter.parameter_name)
        if state == "all" or state in Signatory.Status.values or shows_no_list(request):
            return countries.choices()
        shown = in_state(Signatory.objects.vetted_by(request.user), state).public()
        there = list(shown.order_by().values_list("country", flat=True)[: MOST_ASKED + 1])
        if len(there) > MOST_ASKED:
            return countries.choices()
        return sorted(((code, countries.name(code)) for code in set(there)), key=lambda choice: choice[1])

    def queryset(self, request, queryset):
        if self.value() == "withheld":
            return queryset.withheld()
        return queryset.public().filter(country=self.value()) if self.value() else queryset


class MailFilter(admin.SimpleListFilter):
    """What the address says, noted when the form was sent."""

    title = _("mail address")
    parameter_name = "mail"

    def lookups(self, request, model_admin):
        return [(fit.value, words) for fit, (_says, words) in FITS.items()]

    def queryset(self, request, queryset):
        if self.value() not in {fit.value for fit in FITS}:
            return queryset
        return queryset.filter(mail_fit=self.value())


class OpinionFilter(admin.SimpleListFilter):
    """Where two vetters look: what waits for the second."""

    title = _("second vetter")
    parameter_name = "second"

    def lookups(self, request, model_admin):
        return [
            ("asked", _("A second opinion is asked for")),
            ("approved", _("Approved by another vetter")),
            ("mine", _("Approved by you")),
        ]

    def queryset(self, request, queryset):
        opinions = Opinion.objects.open()
        chosen = {
            "asked": opinions.asking(),
            "approved": opinions.approving().exclude(by=request.user),
            "mine": opinions.approving().filter(by=request.user),
        }.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(pk__in=chosen.order_by().values("signatory"))


class AgeFilter(admin.SimpleListFilter):
    title = _("waiting for")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [(age, label) for age, (label, _older, _younger) in AGES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(**aged(self.value(), timezone.now())) if self.value() in AGES else queryset
