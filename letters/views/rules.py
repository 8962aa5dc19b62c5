"""The desk: who may sign, and what others may take of the letter."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from letters import services
from letters.forms import RulesForm
from letters.models import Letter


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request, slug):
    letter = get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)
    form = RulesForm(request.POST if request.method == "POST" else None, letter=letter)
    if form.is_valid():
        try:
            services.set_rules(letter, by=request.user, seen=letter, **form.cleaned_data)
        except services.IndividualsHaveSigned:
            messages.error(request, _("Not saved: an individual has signed meanwhile."))
        except services.ChangedSince:
            messages.error(request, _("Not saved: somebody else has changed the rules at this moment. Look again."))
            return redirect("letters:rules", slug=slug)
        else:
            messages.success(request, _("Saved."))
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/rules.html", {"letter": letter, "form": form})
