"""What anyone may read. The same for everybody: no account state, no messages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from letters import courtesy
from letters.hot_pages import hot
from letters.models import Letter, Revision
from letters.pdf import writing
from letters.pdf.typesetting import count_line, withheld_line
from letters.services import translating, working
from letters.views.article import article
from letters.views.comparing import compared_revisions


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
    return _page(request, _public(slug), "")


@hot
@login_not_required
@require_safe
def letter_in(request, slug, language):
    """The same with one of its courtesy texts. The language is in the path: a hot page knows nothing else."""
    return _page(request, _public(slug), language)


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


def _page(request, letter, language):
    """In the language of a courtesy text, or else the authentic one; the roll and its count are the same in all."""
    revision = letter.revisions.latest("number")
    text = revision.text_in(language)
    if language and text["language"] != language and not _was_once(letter, language):
        raise Http404
    if language and text["is_authentic"]:
        return redirect(letter)
    roll = letter.signatories.roll(text["language"], timezone.now())
    context = {
        "letter": letter,
        "revision": revision,
        **_amendments(letter),
        "is_asking": letter.substance > 1 and not letter.is_over,
        "versions": _versions(letter, revision, text) if len(revision.texts) > 1 else [],
        "authentic": writing.name_of(revision.authentic["language"], translation.get_language()),
        "is_behind": not text["is_authentic"] and _is_behind(revision, text["language"]),
        "roll": roll,
        "count": count_line(roll),
        "withheld": withheld_line(roll),
        **article(text, revision.recipients, working.front(letter)),
    }
    return render(request, "letters/letter.html", context)


def _amendments(letter):
    """Newest first; those that changed nothing that is signed apart."""
    sides = ("previous", "revision")
    heavy = [f"{side}__{held}" for side in sides for held in ("canonical", "texts", "recipients", "front")]
    made = list(letter.amendments.select_related(*sides).defer(*heavy).order_by("-revision__number"))
    return {
        "amendments": [one for one in made if not one.is_quiet],
        "quiet_amendments": [one for one in made if one.is_quiet],
    }


def _was_once(letter, language):
    """Whether the page has been there in this language: mails lead to it."""
    opened = letter.revisions.filter(cause__in=[Revision.Cause.OPENED, Revision.Cause.AMENDED])
    return any(text["language"] == language for texts in opened.values_list("texts", flat=True) for text in texts)


def _is_behind(revision, language):
    """Whether a courtesy text lacks something or is older than the authentic one; a revision never changes."""

    def found():
        return translating.is_behind(working.of_revision(revision), language)

    key = f"behind:{revision.digest}:{courtesy.mark(str(revision.front))}:{language}"
    return cache.get_or_set(key, found, 24 * 3600)


def _versions(letter, revision, shown):
    """The texts in their languages, each called as its readers call it."""
    texts = sorted(revision.texts, key=lambda text: (not text["is_authentic"], text["language"]))
    return [
        {
            "language": text["language"],
            "direction": writing.of(text["language"]).direction,
            "name": writing.name_of(text["language"], text["language"]),
            "url": letter.url_in(text["language"], is_authentic=text["is_authentic"]),
            "is_shown": text is shown,
        }
        for text in texts
    ]
