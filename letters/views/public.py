"""What anyone may read. The same for everybody: no account state, no messages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from letters import body, dates
from letters.hot_pages import hot
from letters.models import Letter, Text
from letters.pdf.typesetting import count_line, withheld_line


@hot
@login_not_required
@require_safe
def home(request):
    """What this is, and the letters that can be signed or read."""
    letters = list(Letter.objects.public().select_related("campaign").prefetch_related("texts").order_by("closes_at"))
    context = {
        "open": [letter for letter in letters if not letter.is_over],
        "closed": [letter for letter in reversed(letters) if letter.is_over][:20],
    }
    return render(request, "letters/home.html", context)


@hot
@login_not_required
@require_safe
def letter(request, slug):
    """The letter as it is signed, who has signed, and the way to sign."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    revision = letter.revisions.latest("number")
    text = next(text for text in revision.texts if text["is_authentic"])
    page = body.for_page(text["body"])
    roll = letter.signatories.roll(text["language"], timezone.now())
    context = {
        "letter": letter,
        "revision": revision,
        "text": text,
        "direction": Text(language=text["language"]).direction,
        "body": mark_safe(page.text),  # noqa: S308 - written anew from a closed schema, see letters.body
        "notes": mark_safe(page.notes),  # noqa: S308
        "date": dates.in_words(letter.date, letter.date_precision, text["language"]),
        "to": [one for one in revision.recipients if one["line"] == "to"],
        "cc": [one for one in revision.recipients if one["line"] == "cc"],
        "roll": roll,
        "count": count_line(roll),
        "withheld": withheld_line(roll),
    }
    return render(request, "letters/letter.html", context)
