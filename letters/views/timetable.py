"""The desk: when a letter opens and closes."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from letters import instants, services
from letters.forms import ReopenForm, TimetableForm
from letters.models import Letter


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)


def timetable(request, slug):
    letter = _run(request, slug)
    if letter.is_over:
        messages.info(request, _("The letter is closed. To give more time, open it again."))
        return redirect("letters:overview", slug=slug)
    initial = {"slug": letter.slug, "zone": letter.zone}
    for name in ("opens_at", "closes_at"):
        instant = getattr(letter, name)
        initial[name] = instants.on_the_wall(instant, letter.zone) if instant else None
    form = TimetableForm(request.POST or None, initial=initial, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slug = data.pop("slug", letter.slug)
        try:
            services.set_timetable(letter, slug=slug, by=request.user, **data)
        except services.ForbiddenMove:
            messages.error(request, _("Not saved: the letter has closed meanwhile."))
        else:
            closes = instants.in_words(data["closes_at"], data["zone"])
            messages.success(request, _("Saved. Sign-on closes %(instant)s.") % {"instant": closes})
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/timetable.html", {"letter": letter, "form": form})


def reopen(request, slug):
    letter = _run(request, slug)
    if letter.status != Letter.Status.CLOSED:
        messages.info(request, _("Only a closed letter can be opened again."))
        return redirect("letters:overview", slug=slug)
    form = ReopenForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.reopen(letter, closes_at=data["closes_at"], reason=data["reason"], by=request.user)
        except (services.ForbiddenMove, services.PastClosing):
            messages.error(request, _("Only a closed letter can be opened again."))
        else:
            messages.success(request, _("Sign-on is open again."))
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/reopen.html", {"letter": letter, "form": form})
