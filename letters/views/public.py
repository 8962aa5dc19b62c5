"""What anyone may read. The same for everybody: no account state, no messages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from letters.hot_pages import hot
from letters.models import Letter, Publication, Revision
from letters.services import published, publishing
from letters.views import letter_page
from letters.views.comparing import compared_revisions

SHOWN = 20  # of those that are over


@hot
@login_not_required
@require_safe
def home(request):
    """What this is, and the letters that can be signed or read."""
    letters = publishing.findable().select_related("campaign").prefetch_related(publishing.titles())
    public = Publication.objects.public()
    still = Q(status=Letter.Status.OPEN, closes_at__gt=timezone.now())
    over = letters.exclude(still)
    shown = {
        "open": list(letters.filter(still).order_by("closes_at")),
        "out": list(over.filter(publications__in=public).order_by("-publications__came_at")[:SHOWN]),
        "closed": list(over.exclude(pk__in=public.values("letter")).order_by("-closes_at")[:SHOWN]),
    }
    said = published.of_each([*shown["open"], *shown["out"]], translation.get_language())
    return render(request, "letters/home.html", shown | {"said": said})


@hot
@login_not_required
@require_safe
def letter(request, slug):
    """The letter as it is signed, who has signed, and the way to sign; in the reader's language, if there is a text."""
    letter = _public(slug)
    revision = letter.revisions.latest("number")
    return _page(request, letter, revision, letter_page.text_here(request, revision))


@hot
@login_not_required
@require_safe
def letter_in(request, slug, language):
    """The same with one of its texts, whoever reads it. The authentic one is here only for those whom the plain
    address shows another."""
    letter = _public(slug)
    revision = letter.revisions.latest("number")
    text = revision.text_in(language)
    if text["language"] != language and not _was_once(letter, language):
        raise Http404
    if text["is_authentic"] and (text["language"] != language or letter_page.text_here(request, revision) is text):
        return redirect(letter)
    return _page(request, letter, revision, text)


@hot
@login_not_required
@require_safe
def amended(request, slug, number):
    """What one amendment changed: the one that made revision `number`."""
    letter = _public(slug)
    made = letter.amendments.select_related("previous", "revision")
    amendment = get_object_or_404(made, revision__number=number)
    context = {"letter": letter, "amendment": amendment}
    return render(request, "letters/amended.html", context | compared_revisions(amendment.previous, amendment.revision))


def _public(slug):
    return get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)


def _page(request, letter, revision, text):
    shown = letter_page.context(request, letter, revision, text, letter.publication)
    return render(request, "letters/letter.html", shown)


def _was_once(letter, language):
    """Whether the page has been there in this language: mails lead to it."""
    opened = letter.revisions.filter(cause__in=[Revision.Cause.OPENED, Revision.Cause.AMENDED])
    return any(text["language"] == language for texts in opened.values_list("texts", flat=True) for text in texts)
