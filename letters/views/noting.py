"""The desk: what became of a delivery, as the team notes it."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from config import uploads
from letters import services
from letters.forms import AcknowledgeForm, BounceForm, HandOverForm
from letters.forms.files import LARGEST_FILE
from letters.models import Delivery, Letter
from letters.services.releasing import is_released_first
from letters.views.delivering import run, too_late

SAFE_OR_POST = ["GET", "HEAD", "POST"]
Status = Delivery.Status


@require_http_methods(SAFE_OR_POST)
def hand_over(request, slug, pk):
    """By another way than mail: when and how. What is only prepared is looked at first, which `shown` tells."""
    found = run(request, slug, pk)
    if found.is_mail or found.status not in (Status.PREPARED, Status.RELEASED):
        return too_late(request, found)
    edition, shown = found.edition, request.GET.get("shown", "")
    if found.status == Status.PREPARED and request.method != "POST" and (not shown or is_released_first(found)):
        return redirect("letters:release_delivery", slug=slug, pk=pk)
    form = HandOverForm(_posted(request), letter=edition.letter, frozen_at=edition.frozen_at, initial={"shown": shown})
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("at", "words", "shown")}
        try:
            services.hand_over(found, by=request.user, **said)
        except services.ReleaseFirst:
            messages.error(request, _("Not noted yet: look at what goes out and release it first."))
            return redirect("letters:release_delivery", slug=slug, pk=pk)
        except services.ChangedSince:
            messages.error(request, _("Not noted: it is not what you were shown. This is what it is now."))
            return redirect("letters:release_delivery", slug=slug, pk=pk)
        except services.NotThen:
            form.add_error("at", _("Check the time: it lies before the edition was there, or in the future."))
        except services.NotDeliverable:
            return redirect("letters:release_delivery", slug=slug, pk=pk)  # where it is said
        except services.ForbiddenMove:
            return too_late(request, found)
        else:
            messages.success(request, _("Noted: delivered."))
            return redirect("letters:delivery", slug=slug, pk=pk)
    return _page(request, found, form, "hand_over")


@require_http_methods(SAFE_OR_POST)
def note_bounce(request, slug, pk):
    """It came back."""
    found = run(request, slug, pk)
    if not found.can_move_to(Status.BOUNCED):
        return too_late(request, found)
    form = BounceForm(_posted(request))
    if form.is_valid():
        try:
            services.note_bounce(found, words=form.cleaned_data["words"], by=request.user)
        except services.ForbiddenMove:
            return too_late(request, found)
        messages.success(request, _("Noted: it came back."))
        return redirect("letters:delivery", slug=slug, pk=pk)
    return _page(request, found, form, "bounce")


@uploads.up_to(LARGEST_FILE)
@sensitive_post_parameters()
@require_http_methods(SAFE_OR_POST)
def acknowledge(request, slug, pk):
    """The recipient has it; also what seemed to have come back."""
    found = run(request, slug, pk)
    if found.status != Status.ACKNOWLEDGED and not found.can_move_to(Status.ACKNOWLEDGED):
        return too_late(request, found)
    initial = {"on": found.acknowledged_on, "words": found.acknowledgement}
    form = AcknowledgeForm(_posted(request), request.FILES or None, initial=initial)
    if form.is_valid():
        try:
            services.acknowledge(found, by=request.user, **form.cleaned_data)
        except services.AlreadyDelivering as other:
            messages.error(request, _("Another one by the same way has taken its place: note it there."))
            return redirect("letters:delivery", slug=slug, pk=other.standing.pk)
        except services.ForbiddenMove:
            return too_late(request, found)
        messages.success(request, _("Noted: acknowledged."))
        return redirect("letters:delivery", slug=slug, pk=pk)
    return _page(request, found, form, "acknowledge")


@require_safe
def acknowledgement(request, slug, pk):
    """The file of the acknowledgement; always to be saved, never shown here."""
    rows = Delivery.objects.filter(edition__letter__in=Letter.objects.run_by(request.user))
    found = get_object_or_404(rows, edition__letter__slug=slug, pk=pk)
    ending = re.sub(r"[^a-z0-9]", "", found.proof_name.rpartition(".")[2].lower())[:5]
    return kept_file(services.decoded(found.proof), f"acknowledgement-{found.pk}.{ending}")


def kept_file(content, name, media_type="application/octet-stream"):
    if not content:
        raise Http404
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _posted(request):
    return request.POST if request.method == "POST" else None


def _page(request, found, form, what):
    context = {"letter": found.edition.letter, "delivery": found, "form": form, "what": what}
    return render(request, "letters/note_delivery.html", context | {"recipient": found.recipient_signed})
