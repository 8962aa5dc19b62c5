"""The desk: what proves an edition, and the addressee's copy of it."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from letters import services
from letters.models import Edition, Letter
from letters.pdf import records as records_in_print
from letters.services import records

NAMELY = {"indent": 1, "ensure_ascii": False}


def _seen(request, slug, number):
    return _edition(Letter.objects.seen_by(request.user), slug, number)


def _edition(letters, slug, number):
    editions = Edition.objects.filter(letter__in=letters).select_related("letter__campaign", "revision")
    return get_object_or_404(editions, letter__slug=slug, number=number)


@require_safe
def manifest(request, slug, number):
    """To be published beside the documents: nothing in it that they do not say themselves."""
    edition = _seen(request, slug, number)
    return _kept(JsonResponse(records.manifest(edition), json_dumps_params=NAMELY), edition, "manifest", "json")


@require_safe
def record_data(request, slug, number):
    edition = _seen(request, slug, number)
    return _kept(JsonResponse(records.of(edition), json_dumps_params=NAMELY), edition, "record", "json")


@require_safe
def record(request, slug, number):
    """The same for people."""
    edition = _seen(request, slug, number)
    try:
        pdf = records_in_print.render(records.of(edition), edition.letter.title_for(request.LANGUAGE_CODE))
    except services.RenderingFailed as error:
        messages.error(request, error.reason)
        return redirect("letters:overview", slug=slug)
    return _kept(HttpResponse(pdf, content_type="application/pdf"), edition, "record", "pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def addressee_copy(request, slug, number):
    """With the names that are for the addressee alone; only to who runs the letter."""
    return _confidential(request, _edition(Letter.objects.run_by(request.user), slug, number))


@reauthentication_required
def _confidential(request, edition):
    """Only for who has just shown again who is there, as with confidential files."""
    copies = edition.renderings.done().exclude(variant="public")
    if request.method == "POST":
        copy = get_object_or_404(copies, language=request.POST.get("language"))
        try:
            content = services.take_out(copy, by=request.user)
        except services.NamesDeleted:
            messages.error(request, _("This copy is not kept any more. To deliver, freeze another edition."))
            return redirect("letters:overview", slug=edition.letter.slug)
        response = HttpResponse(content, content_type="application/pdf")
        return _kept(response, edition, f"{copy.language}-for-the-addressee-CONFIDENTIAL", "pdf")
    context = {"letter": edition.letter, "edition": edition, "copies": copies}
    return render(request, "letters/addressee_copy.html", context)


def _kept(response, edition, name, ending):
    name = f"{edition.letter.slug}-edition-{edition.number}-{name}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
