"""The desk: a new letter, from what people have or from nothing. Nothing is saved before "Use this"."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import Campaign
from config import uploads
from letters import intake, services
from letters.forms import LikeForm, NewLetterForm, PasteForm, RecognizedForm
from letters.forms.starting import LARGEST_FILE
from letters.models import Letter
from letters.views import recognition

SAFE_OR_POST = ["GET", "HEAD", "POST"]


def _campaigns(request):
    return Campaign.objects.run_by(request.user)


def _initial(request, campaigns):
    chosen = campaigns.filter(slug=request.GET.get("campaign", "")).first()
    return {"campaign": chosen} if chosen else {}


def _campaign_first(request):
    messages.info(request, _("A letter belongs to a campaign. Make the campaign first."))
    return redirect("campaigns:new_campaign")


@require_http_methods(["GET", "HEAD"])
def new(request):
    """The box for what people have, and the other ways."""
    if not (campaigns := _campaigns(request)):
        return _campaign_first(request)
    return _box(request, PasteForm(campaigns=campaigns, initial=_initial(request, campaigns)))


def _box(request, form):
    has_earlier = Letter.objects.run_by(request.user).exists()
    return render(request, "letters/new.html", {"form": form, "has_earlier": has_earlier})


@uploads.up_to(LARGEST_FILE)
@require_http_methods(SAFE_OR_POST)
def recognized(request):
    """What was found in the source, with a role for each piece to be changed, until somebody says "Use this"."""
    if request.method != "POST":
        return redirect("letters:new")
    if "source" in request.POST:
        return _looked_at(request)
    form = PasteForm(request.POST, request.FILES, campaigns=_campaigns(request))
    if not form.is_valid():
        return _box(request, form)
    sent = {"campaign": form.cleaned_data["campaign"], "source": form.cleaned_data["source"]}
    reading = intake.read(sent["source"])
    found = intake.assemble(reading.pieces)
    sent["language"] = recognition.language_of(found)
    return _page(request, RecognizedForm(initial=sent, campaigns=_campaigns(request)), reading, found)


def _looked_at(request):
    """The page has been sent back: use it, look at it again with other roles, or begin anew."""
    campaigns = _campaigns(request)
    form = RecognizedForm(request.POST, campaigns=campaigns)
    is_valid, data = form.is_valid(), form.cleaned_data
    if "campaign" not in data or "source" not in data:
        return redirect("letters:new")
    if request.POST.get("act") == "back":
        initial = {"campaign": data["campaign"], **PasteForm.showing(data["source"])}
        return _box(request, PasteForm(initial=initial, campaigns=campaigns))
    reading = intake.read(data["source"])
    reading = replace(reading, pieces=tuple(recognition.with_roles(reading.pieces, form.roles(len(reading.pieces)))))
    found = intake.assemble(reading.pieces)
    found = replace(found, title=found.title or data.get("title", ""), language=data.get("language", found.language))
    if request.POST.get("act") == "use" and is_valid:
        return _use(request, form, reading, found)
    return _page(request, form, reading, found)


def _use(request, form, reading, found):
    try:
        letter = services.start_from(form.cleaned_data["campaign"], found, by=request.user)
    except services.TitleMissing:
        form.add_error("title", _("Enter a title; a provisional one will do."))
        return _page(request, form, reading, found)
    except services.TooLong:  # the page says which
        return _page(request, form, reading, found)
    messages.success(request, _done(reading))
    return redirect("letters:write", slug=letter.slug)


def _done(reading):
    if not reading.repairs:
        return _("Saved as a draft.")
    said = recognition.in_one_line(reading.repairs)
    return _("Saved as a draft. On the way: %(repairs)s.") % {"repairs": said}


def _page(request, form, reading, found):
    context = {
        "form": form,
        "asks_title": bool(form.errors.get("title")) or not any(piece.role == "title" for piece in reading.pieces),
        "stretches": recognition.stretches(list(reading.pieces)),
        "roles": recognition.roles(),
        "repairs": reading.repairs,
        "found": found,
        "problems": recognition.problems(found),
        **recognition.parts_of(found),
    }
    return render(request, "letters/recognized.html", context)


@require_http_methods(SAFE_OR_POST)
def new_like(request):
    """The texts of an earlier letter, for somebody else or once more."""
    if not (campaigns := _campaigns(request)):
        return _campaign_first(request)
    letters = Letter.objects.run_by(request.user).select_related("campaign").prefetch_related("texts")
    initial = _initial(request, campaigns)
    form = LikeForm(request.POST or None, campaigns=campaigns, letters=letters, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        letter = services.start_like(data.pop("letter"), data.pop("campaign"), by=request.user, **data)
        messages.success(request, _("The new letter has the texts of the earlier one. Change what is different."))
        return redirect("letters:write", slug=letter.slug)
    return render(request, "letters/new_like.html", {"form": form})


@require_http_methods(SAFE_OR_POST)
def new_empty(request):
    """A title, and nothing else yet."""
    if not (campaigns := _campaigns(request)):
        return _campaign_first(request)
    form = NewLetterForm(request.POST or None, campaigns=campaigns, initial=_initial(request, campaigns))
    if request.method == "POST" and form.is_valid():
        letter = services.create_letter(by=request.user, **form.cleaned_data)
        return redirect("letters:write", slug=letter.slug)
    return render(request, "letters/new_empty.html", {"form": form})


@require_POST
def discard_pasted_roll(request, slug):
    letter = get_object_or_404(Letter.objects.run_by(request.user), slug=slug)
    services.discard_pasted_roll(letter, by=request.user)
    messages.success(request, _("The list is thrown away."))
    return redirect("letters:overview", slug=slug)
