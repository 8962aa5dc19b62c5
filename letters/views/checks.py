"""By what vetters decide who is on a letter: for whoever is about to sign, and whoever waits."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from letters.hot_pages import hot
from letters.models import Letter


@hot
@login_not_required
@require_safe
def checks(request, slug):
    """The team's words, or ours where it has written none."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign").prefetch_related("texts"), slug=slug)
    reads = request.LANGUAGE_CODE
    read = {"title": letter.title_for(reads), "letter_url": letter.url_for(reads)}
    has_lists = letter.signatories.real().listed().public().on_proof().exists()  # of a withheld one, no sign
    return render(request, "letters/checks.html", {"letter": letter, "has_lists": has_lists, **read})
