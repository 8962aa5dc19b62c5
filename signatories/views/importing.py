"""The desk, where sign-ons come in lists: taking one in, looking it over, adding it."""

from __future__ import annotations

import base64
import binascii
import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import uploads
from letters.models import Letter
from signatories import countries, reading
from signatories.forms import AddForm, ImportForm, PlaceForm
from signatories.forms.importing import AGREED, LARGEST_FILE
from signatories.models import Import
from signatories.services import importing
from signatories.views import import_table

Status = Import.Status
ROOM = 10_000  # bytes, for what is sent besides the list itself; all of it is held against one limit


def _letter(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)


def _list(request, slug, pk):
    lists = (
        Import.objects.kept().filter(letter__in=Letter.objects.run_by(request.user)).select_related("letter__campaign")
    )
    return get_object_or_404(lists.exclude(status=Status.DISCARDED).without_files(), letter__slug=slug, pk=pk)


@uploads.up_to(2 * LARGEST_FILE)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request, slug):
    """A list to take in, and those that were."""
    letter = _letter(request, slug)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        of = importing.take_in(letter, by=request.user, **form.cleaned_data)
        return redirect("signatories:imported", slug=slug, pk=of.pk)
    lists = letter.imports.kept().exclude(status=Status.DISCARDED).select_related("made_by").without_files()
    context = {"letter": letter, "form": form, "lists": lists, "most": LARGEST_FILE - ROOM}
    return render(request, "signatories/imports.html", context)


@require_POST
def import_pasted(request, slug):
    """The list that came with the text of the letter."""
    letter = _letter(request, slug)
    if not letter.pasted_roll:
        raise Http404
    of = importing.take_in_pasted_roll(letter, by=request.user, source=_("Came with the pasted text of the letter"))
    return redirect("signatories:imported", slug=slug, pk=of.pk)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def imported(request, slug, pk):
    """What was read, a page at a time; by POST, what the team says of the rows on it."""
    of = _list(request, slug, pk)
    show = request.GET.get("show", "all") if request.GET.get("show") in import_table.FILTERS else "all"
    after = int(request.GET["after"]) if re.fullmatch(r"\d{1,9}", request.GET.get("after", "")) else 0
    rows, following = import_table.page(of, show, after)
    faulty = []
    if request.method == "POST":
        rows = list(of.rows.filter(number__in=_sent_numbers(request.POST)))  # a filter may show others by now
        table = import_table.shown(of, rows, request.POST)
        looked = importing.look_over(of, import_table.changes(table), by=request.user)
        if looked.asked:
            messages.warning(request, _like_others(looked.asked))
        faulty = [one for one in table if one.form and one.form.errors]
        if not faulty:
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?show={show}&after={_next(request, rows, after)}")
    else:
        table = import_table.shown(of, rows)
    context = {"letter": of.letter, "of": of, "table": table, "show": show, "after": after, "following": following}
    return render(request, "signatories/imported.html", context | _about(of) | {"faulty": faulty})


def _like_others(number):
    words = ngettext(
        "%(n)d row is like another one, now that a name has changed: say what it is.",
        "%(n)d rows are like others, now that a name has changed: say what they are.",
        number,
    )
    return words % {"n": number}


def _sent_numbers(posted):
    found = (re.fullmatch(r"r(\d{1,9})-decision", name) for name in posted)
    return [int(one[1]) for one in found if one][: import_table.PAGE]


def _next(request, rows, after):
    return rows[-1].number if rows and request.POST.get("act") == "next" else after


def _about(of):
    number = of.rows.count()
    left = of.rows.undone().count()
    notices = [reading.Reason(reading.Code(code), piece) for code, piece in of.notices]
    return {
        "summary": importing.summary(of),
        "counts": importing.outcomes(of),
        "notices": reading.in_words(notices),
        "form": AddForm(initial={"seen": of.letter.revision.number if of.letter.revision else None}),
        "place_form": PlaceForm(),
        "countries": countries.choices(),
        "number": number,
        "done": number - left,
        "has_added": of.has_added,
        "has_proof": Import.objects.filter(pk=of.pk).exclude(proof="").exists(),
    }


@require_POST
def import_add(request, slug, pk):
    of = _list(request, slug, pk)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was added: tick the box that says that they agreed to this text."))
        return redirect("signatories:imported", slug=slug, pk=pk)
    try:
        importing.add(of, by=request.user, words=str(AGREED), seen=form.cleaned_data["seen"])
    except importing.NotDecided:
        messages.error(request, _("Nothing was added: some rows are still to be decided."))
    except importing.Amended:
        messages.error(request, _("Nothing was added: the text was amended meanwhile. Did they agree to the new one?"))
    except importing.NotNow:
        messages.error(request, _("Nothing was added: the letter takes no sign-ons at the moment."))
    return redirect("signatories:imported", slug=slug, pk=pk)


@require_POST
def import_undecided(request, slug, pk):
    """All that are not decided yet: those that can be added are, or those that cannot are skipped."""
    of = _list(request, slug, pk)
    if request.POST.get("act") == "skip":
        number = importing.skip_lacking(of, by=request.user)
        words = ngettext("%(n)d row is skipped.", "%(n)d rows are skipped.", number)
    else:
        number = importing.add_undecided(of, by=request.user)
        words = ngettext("%(n)d row more is to be added.", "%(n)d rows more are to be added.", number)
    messages.success(request, words % {"n": number})
    if left := importing.summary(of).lacking:
        words = ngettext(
            "%(n)d cannot be added as it stands: its row says why.",
            "%(n)d cannot be added as they stand: their rows say why.",
            left,
        )
        messages.warning(request, words % {"n": left})
    return redirect("signatories:imported", slug=slug, pk=pk)


@require_POST
def import_country(request, slug, pk):
    """One country for all rows that have none."""
    of, form = _list(request, slug, pk), PlaceForm(request.POST)
    if form.is_valid():
        number = importing.place_all(of, form.cleaned_data["country"], by=request.user)
        words = ngettext("%(n)d row has a country now.", "%(n)d rows have a country now.", number)
        messages.success(request, words % {"n": number})
    else:
        messages.error(request, _("Nothing was changed: choose a country or a region."))
    return redirect("signatories:imported", slug=slug, pk=pk)


@require_POST
def import_again(request, slug, pk):
    """Those that were not added, once more."""
    importing.look_over_again(_list(request, slug, pk), by=request.user)
    return redirect(f"{reverse('signatories:imported', args=[slug, pk])}?show=ask")


@require_POST
def import_discard(request, slug, pk):
    of = _list(request, slug, pk)
    if not importing.discard(of, by=request.user):
        messages.error(request, _("Nothing was thrown away: the list is being added, or is done. Look again."))
        return redirect("signatories:imported", slug=slug, pk=pk)
    if of.has_added:
        messages.success(request, _("The rest of the list is left out. Who was added stays on the letter."))
        return redirect("signatories:imported", slug=slug, pk=pk)
    messages.success(request, _("The list is thrown away, and its words and its proof are deleted. Nobody was added."))
    return redirect("signatories:imports", slug=slug)


@require_POST
def unmerge(request, slug, pk, number):
    row = get_object_or_404(_list(request, slug, pk).rows, number=number)
    if importing.unmerge(row, by=request.user):
        messages.success(request, _("Undone: say anew what the row is."))
    return redirect("signatories:imported", slug=slug, pk=pk)


@require_safe
def import_proof(request, slug, pk):
    """The proof, for the team and for who decides on the letter's signatories; always to be saved, never shown here."""
    may = Letter.objects.run_by(request.user) | Letter.objects.vetted_by(request.user)
    of = get_object_or_404(Import.objects.kept(), letter__in=may.values("pk"), letter__slug=slug, pk=pk)
    try:
        content = base64.b64decode(of.proof, validate=True)
    except binascii.Error:
        raise Http404 from None
    if not content:
        raise Http404
    ending = re.sub(r"[^a-z0-9]", "", of.proof_name.rpartition(".")[2].lower())[:5]
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="proof-{of.pk}.{ending}"'
    return response
