"""The desk: in which order the list of signatories stands, and who comes first."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from letters import services as letters
from letters.forms import ArrangementForm
from letters.models import Letter
from signatories import services
from signatories.models import Signatory

MOST_FOUND = 20


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def order(request, slug):
    letter = _run(request, slug)
    form = ArrangementForm(request.POST if request.method == "POST" else None, letter=letter)
    if form.is_valid():
        try:
            letters.arrange(letter, form.arrangement, by=request.user)
        except letters.ScopeIsNotPrinted:
            form.refuse_scope()
        else:
            messages.success(request, _("Saved. The list stands in this order now; editions keep the order they had."))
            return redirect("signatories:order", slug=slug)
    fit = letter.signatories.real().live().public().filter(kind=Signatory.Kind.ORGANIZATION).order_by("name", "pk")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = fit.filter(Q(name__icontains=words) | Q(acronym__iexact=words)) if words else fit.none()
    context = {
        "letter": letter,
        "form": form,
        "initiators": fit.filter(is_initiator=True).with_line_only(),
        "words": words,
        "found": found.exclude(is_initiator=True).with_line_only()[:MOST_FOUND],
    }
    return render(request, "signatories/order.html", context)


@require_POST
def initiator(request, slug):
    """Put one organization first, or back among the others."""
    letter = _run(request, slug)
    chosen = get_object_or_404(letter.signatories.real(), pk=_uuid(request.POST.get("signatory", "")))
    services.set_initiator(chosen, is_initiator=request.POST.get("first") == "yes", by=request.user)
    asked = {"q": words} if (words := request.POST.get("q", "")) else {}
    return redirect(f"{reverse('signatories:order', args=[slug])}?{urlencode(asked)}#initiators")


def _uuid(given):
    """What is no key names nothing."""
    try:
        return uuid.UUID(given)
    except ValueError:
        return None
