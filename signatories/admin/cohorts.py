"""Cohorts: bursts that stand out, a cohort looked at, set aside in one go, and put back exactly as it was."""

from dataclasses import fields
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters.models import Letter
from signatories import services
from signatories.admin.own_pages import OwnPages
from signatories.models import Signatory
from signatories.services import cohorts
from signatories.services.cohorts import Rule

DAY, MOMENT = "j F Y", "j F Y, H:i:s"
MOST_LISTED = 50  # of what was set aside before


class Instant(forms.DateTimeInput):
    """The end of a cohort is a moment of our clock: carried along unseen, it must not lose its fraction."""

    supports_microseconds = True


class RuleForm(forms.Form):
    """What a cohort has in common. Times are UTC; all but the letter and the states may stay empty."""

    letter = forms.ModelChoiceField(label=gettext_lazy("Letter"), queryset=Letter.objects.none())
    states = forms.MultipleChoiceField(
        label=gettext_lazy("In these states"),
        choices=[(status.value, status.label) for status in Signatory.Status if status in cohorts.MAY_BE_SET_ASIDE],
        initial=[Signatory.Status.PENDING],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one state.")},
    )
    since = forms.DateTimeField(
        label=gettext_lazy("Sent from (UTC)"),
        required=False,
        widget=Instant(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("until before (UTC)"),
        required=False,
        widget=Instant(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )
    held = forms.ChoiceField(
        label=gettext_lazy("Held because"),
        required=False,
        choices=[
            ("", gettext_lazy("Held or not")),
            (cohorts.ANY_REASON, gettext_lazy("For any reason")),
            *Signatory.HeldBecause.choices,
        ],
    )
    place = forms.IntegerField(
        label=gettext_lazy("From the place with this number"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("A place is a network address, of which only a hash is kept, for two days."),
    )
    busy = forms.IntegerField(
        label=gettext_lazy("From all places with at least so many sign-ons"), required=False, min_value=2
    )
    domain = forms.CharField(
        label=gettext_lazy("Mail address at"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("A domain such as example.org; those below it count too."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name has"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Accents and script do not matter; * stands for anything."),
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        letter: Any = self.fields["letter"]
        letter.queryset = Letter.objects.vetted_by(by).public().prefetch_related("texts")

    def clean_domain(self):
        return self.cleaned_data["domain"].strip().lstrip("@").lower()

    @cached_property
    def rule(self):
        data = {name: value for name, value in self.cleaned_data.items() if value}
        return Rule(**data | {"letter": data["letter"].pk, "states": tuple(data["states"])})


def form_of(rule, *, by, **options):
    """The rule as a form shows or carries it."""
    return RuleForm(by=by, initial={one.name: getattr(rule, one.name) or None for one in fields(rule)}, **options)


class InvalidationAdmin(OwnPages):
    """For vetters."""

    in_a_line = gettext_lazy(
        "Sign-ons with something in common, such as a burst from one network address: set aside or declined together,"
        " and put back as they were."
    )

    # --- Who may ---

    def has_view_permission(self, request, obj=None):
        return request.user.is_vetter

    # --- The pages ---

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.filter(letter__in=Letter.objects.vetted_by(request.user))

    def get_urls(self):
        pages = [
            path("", self.guarded(self.find), name="signatories_invalidation_changelist"),
            path("look/", self.guarded(self.look), name="signatories_invalidation_look"),
            path("<int:pk>/", self.guarded(self.see), name="signatories_invalidation_see"),
        ]
        return [*pages, *super().get_urls()]

    def find(self, request):
        """Bursts that stand out, the form to look for others, and what was set aside before."""
        mine = Signatory.objects.vetted_by(request.user)
        waiting = mine.real().awaiting_confirmation().values("letter")
        letters = Letter.objects.public().filter(pk__in=waiting).prefetch_related("texts")
        found = cohorts.proposed([letter.pk for letter in letters])
        form = RuleForm(by=request.user)
        bursts = [(letter, [_worded(one, by=request.user) for one in found[letter.pk]]) for letter in letters]
        held = mine.held().count()
        earlier = self.get_queryset(request).select_related("letter", "made_by").prefetch_related("letter__texts")
        facts = {"bursts": [one for one in bursts if one[1]], "held": held, "earlier": earlier[:MOST_LISTED]}
        return self.page(request, "find", {"title": _("Cohorts"), "form": form, **facts})

    def look(self, request):
        """The cohort before anything is done; or the deed, announced on this very page. Data comes by POST alone."""
        if request.method != "POST":
            return redirect("admin:signatories_invalidation_changelist")
        form = RuleForm(request.POST, by=request.user)
        if not form.is_valid():
            return self.page(request, "find", {"title": _("Cohorts"), "form": form, "bursts": [], "earlier": []})
        if "invalidate" in request.POST and (made := self._invalidate(request, form.rule)):
            return redirect("admin:signatories_invalidation_see", made.pk)
        if "release" in request.POST:
            return self._release(request, form.rule)
        seen = services.preview(form.rule)
        states = [(Signatory.Status(status).label, number) for status, number in seen.states.items()]
        numbers = cohorts.place_numbers([form.rule.letter])[form.rule.letter]
        rows = [(one, numbers.get(one.source)) for one in seen.samples]
        facts = {"title": _("A cohort"), "seen": seen, "states": states, "rows": rows}
        facts["form"] = form_of(seen.rule, by=request.user)
        facts["carried"] = form_of(seen.rule, by=request.user, auto_id=False)
        return self.page(request, "look", facts)

    def see(self, request, pk):
        """One that was set aside, and the way back."""
        rows = self.get_queryset(request).select_related("letter", "made_by", "undone_by")
        found = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        if request.method == "POST":
            self._undo(request, found)
            return redirect("admin:signatories_invalidation_see", pk)
        facts = {"title": _title(found), "cohort": found, "said": _said(found.rule), "staying": _staying(found)}
        if found.is_declined:
            facts |= {"told": services.told(found), "mails_at": found.made_at + services.MAILS_WAIT}
        return self.page(request, "see", facts)

    # --- What they do ---

    def _invalidate(self, request, rule):
        """The invalidation, or None with the reason told: then the page shows what is there now."""
        seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "").strip()[:300]
        if not seen.isdecimal() or not reason:
            messages.error(request, _("Nothing was changed: say why, in a few words."))
            return None
        try:
            made = services.invalidate(rule, seen=int(seen), reason=reason, by=request.user)
        except services.CohortGrown:
            messages.warning(request, _("Nothing was changed: there are more of them now. Look again."))
            return None
        except services.NothingLeft:
            messages.warning(
                request, _("Nothing was changed: none of them is left. Somebody else may have been faster.")
            )
            return None
        words = ngettext("%(n)d sign-on was set aside.", "%(n)d sign-ons were set aside.", made.number)
        messages.success(request, words % {"n": made.number})
        return made

    def _release(self, request, rule):
        written = services.release(Signatory.objects.filter(pk__in=cohorts.members(rule)), by=request.user)
        words = ngettext("Let through: %(n)d e-mail was written.", "Let through: %(n)d e-mails were written.", written)
        messages.success(request, words % {"n": written})
        return redirect("admin:signatories_invalidation_changelist")

    def _undo(self, request, found):
        try:
            done = services.undo(found, by=request.user)
        except services.AlreadyUndone:
            messages.warning(request, _("Nothing was changed: somebody else has put it back already."))
            return
        words = ngettext(
            "%(n)d sign-on is what it was before.", "%(n)d sign-ons are what they were before.", done.restored
        )
        messages.success(request, words % {"n": done.restored})
        if done.stayed:
            words = ngettext(
                "%(n)d stays as it is: another has taken its place meanwhile, or it was decided on since.",
                "%(n)d stay as they are: others have taken their places meanwhile, or they were decided on since.",
                done.stayed,
            )
            messages.warning(request, words % {"n": done.stayed})


def _title(cohort):
    if cohort.undone_at:
        return _("A cohort that was put back")
    return _("Declined together") if cohort.is_declined else _("A cohort that is set aside")


def _staying(cohort):
    """How many have not been put back; of those declined, who is declined by this very decision."""
    rows = cohort.rows.filter(signatory__status=cohort.outcome)
    if cohort.is_declined:
        rows = rows.filter(signatory__decided_at=cohort.made_at)
    return rows.count()


def _worded(proposal, *, by):
    """A proposal in words, with the form that leads to it."""
    n = proposal.number
    rule = proposal.rule
    said = {"n": n, "places": proposal.places, "least": rule.busy, "place": rule.place, "domain": rule.domain}
    if proposal.kind == "busy":
        words = _("%(n)d from %(places)d network addresses (places) that sent %(least)d or more each") % said
    elif proposal.kind == "place":
        words = _("%(n)d from one network address (place %(place)d)") % said
    elif proposal.kind == "domain":
        words = _("%(n)d with mail addresses at %(domain)s") % said
    elif proposal.kind == "minutes":
        span = {"since": f"{rule.since:%H:%M}", "until": f"{rule.until:%H:%M}", "day": date_format(rule.since, DAY)}
        words = _("%(n)d between %(since)s and %(until)s UTC on %(day)s") % {"n": n, **span}
    else:
        reason = Signatory.HeldBecause(rule.held).label
        words = _("%(n)d held: %(reason)s") % {"n": n, "reason": reason}
    return {"words": words, "form": form_of(rule, by=by, auto_id=False)}


def _said(rule):
    """The parts of a stored rule that say something, labelled as in the form."""
    names = {name: field.label for name, field in RuleForm.base_fields.items() if name not in {"letter"}}
    reasons = {cohorts.ANY_REASON: _("For any reason"), **dict(Signatory.HeldBecause.choices)}
    choices: dict[str, dict[str, Any]] = {"held": reasons, "states": dict(Signatory.Status.choices)}
    for name, label in names.items():
        value = rule.get(name)
        if not value:
            continue
        if name in {"since", "until"}:
            yield label, date_format(datetime.fromisoformat(value).astimezone(UTC), MOMENT)
            continue
        known = choices.get(name, {})
        shown = ", ".join(str(known.get(one, one)) for one in (value if isinstance(value, list) else [value]))
        yield label, shown
