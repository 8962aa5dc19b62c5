"""What an organization needs whose board decides: everything on one page, to be read out, printed and passed on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from letters.hot_pages import hot
from letters.models import Letter
from letters.pdf import writing


@hot
@login_not_required
@require_safe
def board(request, slug, language=""):
    """What is asked, by whom, of whom, until when; the files; and a resolution to copy."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    revision = letter.revisions.latest("number")
    text = revision.text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    address = [slug] if text["is_authentic"] else [slug, text["language"]]
    context = {
        "letter": letter,
        "revision": revision,
        "text": text,
        "direction": writing.of(text["language"]).direction,
        "letter_url": letter.url_in(text["language"], is_authentic=text["is_authentic"]),
        "pdf_url": reverse("letters:letter_pdf", args=address),
        "word_url": reverse("letters:board_copy", args=address),
        "to": [one for one in revision.recipients if one["line"] == "to"],
        "cc": [one for one in revision.recipients if one["line"] == "cc"],
    }
    return render(request, "letters/board.html", context)
