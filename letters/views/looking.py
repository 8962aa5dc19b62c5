"""The desk: how the document looks, tried on the letter's own words and names before it is saved."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from letters import services
from letters.forms import LookForm, arranging
from letters.models import Letter
from letters.views.previewing import framed, in_pictures, picture_of


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign", "saved_by"), slug=slug)


@framed(holding=True)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request, slug):
    letter = _run(request, slug)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LookForm(*given, letter=letter)
    if form.is_valid() and "show" not in request.POST and _saved(request, letter, form):
        messages.success(request, _("Saved. Documents look like this from now on; editions keep the look they had."))
        return redirect("letters:look", slug=slug)
    logos = Letter.objects.get(pk=letter.pk).printed_look.logos
    context = {"letter": letter, "form": form, "query": _query(form.tried), "is_tried": "show" in request.POST}
    context |= {"logos": logos, "order": arranging.in_words(letter.arrangement)}
    return render(request, "letters/look.html", context)


def _saved(request, letter, form):
    """Whether it could be; if not, the form says why."""
    try:
        services.set_look(letter, form.look, by=request.user)
        _change_logos(request, letter, form)
    except services.TooManyLogos:
        form.refuse_logo()
    return not form.errors


def _change_logos(request, letter, form):
    if logo := form.cleaned_data["logo"]:
        services.add_logo(letter, logo, form.cleaned_data["logo_name"], by=request.user)
    if digest := request.POST.get("remove_logo"):
        services.remove_logo(letter, digest, by=request.user)
    if digest := request.POST.get("move_logo_up"):
        services.move_logo_up(letter, digest, by=request.user)


def _query(tried):
    """As a browser sends the form: a box that is not ticked is not there."""
    return urlencode({name: "on" if value is True else value for name, value in tried.items() if value is not False})


def _tried(request, slug):
    """The letter, and what sets it in the look that is asked for, or in that which is saved."""
    letter = _run(request, slug)
    form = LookForm(request.GET or LookForm(letter=letter).initial, letter=letter)
    if not form.is_valid():
        raise Http404
    return letter, form, partial(services.look_kept, letter, form.look)


@framed()
@require_safe
def look_pages(request, slug):
    """The pages of the document in a look that is being tried, in pictures."""
    letter, form, setting = _tried(request, slug)
    query = urlencode({"of": services.mark_of(letter)})
    shown = in_pictures(setting, form.look, "letters:look_picture", f"{_query(form.tried)}&{query}")
    return render(request, "letters/preview_letter.html", {"letter": letter, **shown})


@require_safe
def look_picture(request, slug, number):
    """One page of it."""
    _letter, _form, setting = _tried(request, slug)
    return picture_of(setting, number)


@require_safe
def look_logo(request, slug, digest):
    """One logo as it is kept."""
    logo = get_object_or_404(_run(request, slug).logos, digest=digest)
    return HttpResponse(bytes(logo.picture), content_type="image/png")
