"""The register of organizations: looked through, two entries made one and two again, one deleted, all of it emptied."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters.models import Letter
from signatories import countries
from signatories.admin.own_pages import OwnPages
from signatories.models import Appearance, Line, Organization
from signatories.models.findable import plain_letters
from signatories.models.lines import LINE
from signatories.services import registering

ON_A_PAGE = 50
FOUND = 200  # names for one search
NEAR = 5
COUNTED = 10_000  # nobody needs to know more exactly
AT_ONCE = 1000  # sign-ons that are noted, or entries forgotten, while somebody waits for the page
LONGEST = 18  # digits of a key
LIST = "admin:signatories_organization_changelist"
SEE = "admin:signatories_organization_see"
WHOLE = "admin:signatories_organization_whole"


@dataclass(frozen=True)
class Entry:
    """An organization as pages show it: what it is called now, what it was called, and on which letters."""

    pk: int
    lines: list[Line]  # the newest first, each once
    letters: list[int]

    @property
    def line(self):
        return self.lines[0] if self.lines else None

    @property
    def country(self):
        return countries.name(self.line.country) if self.line else ""


class SureForm(forms.Form):
    """What cannot be taken back is said twice."""

    sure = forms.BooleanField(label=gettext_lazy("I am sure"))


class RegisterAdmin(OwnPages):
    """For vetters to look at; what changes it is a permission of its own. All through these pages."""

    in_a_line = gettext_lazy("Organizations known from public letters: which sign-ons are one organization’s.")

    # --- Who may ---

    def has_view_permission(self, request, obj=None):
        return request.user.is_vetter or self.has_act_permission(request)

    def has_act_permission(self, request):
        return request.user.has_perm("signatories.keep_register")

    # --- The pages ---

    def get_urls(self):
        pages = [
            path("", self.guarded(self.find), name="signatories_organization_changelist"),
            path("all/", self.guarded(self.whole), name="signatories_organization_whole"),
            path("<int:pk>/", self.guarded(self.see), name="signatories_organization_see"),
            path("<int:pk>/merge/<int:into>/", self.guarded(self.merge), name="signatories_organization_merge"),
        ]
        return [*pages, *super().get_urls()]

    def find(self, request):
        """Those that fit what is sought, or all of them, the newest first. Nobody is counted."""
        term = request.GET.get("q", "").strip()[:200]
        keys = _found(term) if term else _page(_key(request.GET.get("before", "")))
        more = not term and len(keys) > ON_A_PAGE
        entries = _entries(keys if term else keys[:ON_A_PAGE])
        facts = {"title": _("Register"), "entries": entries, "term": term, "is_on": settings.REGISTER}
        return self.page(request, "find", {**facts, "next": entries[-1].pk if more else None})

    def see(self, request, pk):
        """One organization: its names, its letters, what was merged into it, and what it may be the same as."""
        if request.method == "POST":
            return self._change(request, pk)
        entry, standing = _standing(pk)
        near = (
            [hit for hit in registering.known([entry.line], NEAR + 1)[0] if hit.organization != pk]
            if entry.line
            else []
        )
        facts = {"title": entry.line.name if entry.line else str(standing), "entry": entry, "near": near[:NEAR]}
        term = request.GET.get("q", "").strip()[:200]
        facts |= {"term": term, "found": [one for one in _entries(_found(term)) if one.pk != pk] if term else []}
        facts |= {"letters": _letters(entry), "merged": standing.merged.order_by("pk"), "form": SureForm()}
        return self.page(request, "see", facts | {"organization": standing})

    def merge(self, request, pk, into):
        """Both side by side, before they are one."""
        if request.method == "POST":
            try:
                registering.merge(pk, into, by=request.user)
            except registering.AlreadyMerged:
                messages.warning(request, _("Nothing was changed: one of the two was merged or deleted meanwhile."))
                return redirect(LIST)
            messages.success(request, _("They are one organization now. It can be undone below."))
            return redirect(SEE, into)
        if pk == into:
            raise Http404
        both = [_standing(one)[0] for one in (pk, into)]
        pairs = [(entry, _letters(entry)) for entry in both]
        return self.page(request, "merge", {"title": _("Two entries, one organization?"), "pairs": pairs, "into": into})

    def whole(self, request):
        """The whole of it: how much there is, and how much would be noted or forgotten."""
        form = SureForm(request.POST or None)
        if request.method == "POST" and "rebuild" in request.POST:
            return self._rebuild(request)
        if request.method == "POST" and form.is_valid():
            return self._empty(request)
        facts = {"missing": _counted(registering.missing()), "entries": _counted(Organization.objects.standing())}
        facts |= {"names": _counted(Appearance.objects.all()), "most": COUNTED, "is_on": settings.REGISTER}
        return self.page(request, "whole", {"title": _("The whole register"), "form": form, **facts})

    # --- What they do ---

    def _change(self, request, pk):
        """Undo a merger, or delete the entry."""
        if merged := _key(request.POST.get("split", "")):
            try:
                registering.split(merged, by=request.user)
                messages.success(request, _("They are two organizations again."))
            except registering.NotMerged:
                messages.warning(request, _("Nothing was changed: somebody else was faster."))
            return redirect(SEE, pk)
        if not SureForm(request.POST).is_valid():
            messages.error(request, _("Nothing was changed: say that you are sure."))
            return redirect(SEE, pk)
        if registering.delete(pk, by=request.user):
            messages.success(request, _("The entry was deleted. Its sign-ons stay as they are."))
        return redirect(LIST)

    def _rebuild(self, request):
        number = registering.rebuild(by=request.user, most=AT_ONCE)
        words = ngettext("%(n)d sign-on was noted.", "%(n)d sign-ons were noted.", number) % {"n": number}
        if registering.missing().exists():
            words += " " + _("There are more: press again in a minute, or have manage.py register --rebuild run.")
        messages.success(request, words)
        return redirect(WHOLE)

    def _empty(self, request):
        number = registering.empty(by=request.user, most=AT_ONCE)
        words = ngettext("%(n)d organization was forgotten.", "%(n)d organizations were forgotten.", number)
        words, is_empty = words % {"n": number}, not Organization.objects.exists()
        if not is_empty:
            words += " " + _("There are more: press again, or have manage.py register --empty run.")
        messages.success(request, words)
        return redirect(LIST if is_empty else WHOLE)


def _key(digits):
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST else None


def _page(before):
    rows = Organization.objects.standing().order_by("-pk") if settings.REGISTER else Organization.objects.none()
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.values_list("pk", flat=True)[: ON_A_PAGE + 1])


def _found(term):
    """The entries with such a name, in any script; those of other spellings after them."""
    if not settings.REGISTER:
        return []
    named = Appearance.objects.shown().filter(signatory__sought__contains=plain_letters(term))
    keys = list(named.values_list("organization_id", flat=True)[:FOUND])
    near = [hit.organization for hit in registering.known([Line(term)], NEAR)[0]]
    return list(dict.fromkeys(keys + near))


def _entries(keys):
    """In the order of `keys`, in one query."""
    lines: dict[int, list[Line]] = {pk: [] for pk in keys}
    letters: dict[int, list[int]] = {pk: [] for pk in keys}
    rows = Appearance.objects.shown().filter(organization__in=keys).order_by("-signatory__decided_at", "pk")
    columns = [f"signatory__{part}" for part in LINE]
    for pk, letter, *line in rows.values_list("organization_id", "signatory__letter_id", *columns):
        lines[pk].append(Line(*line))
        letters[pk].append(letter)
    return [Entry(pk, list(dict.fromkeys(lines[pk])), list(dict.fromkeys(letters[pk]))) for pk in keys]


def _standing(pk):
    organization = Organization.objects.standing().filter(pk=pk).first()
    if organization is None or not settings.REGISTER:
        raise Http404
    return _entries([pk])[0], organization


def _letters(entry):
    return Letter.objects.filter(pk__in=entry.letters).prefetch_related("texts").order_by("-opens_at", "pk")


def _counted(rows):
    return rows.order_by().values("pk")[: COUNTED + 1].count()
