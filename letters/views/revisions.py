"""The desk: the revisions of a letter, to be named, read, compared and gone back to."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import services
from letters.forms import NameForm
from letters.models import Letter, Revision
from letters.pdf import writing
from letters.services import working
from letters.services.revisions import differs
from letters.views.article import article
from letters.views.comparing import compared, compared_revisions
from letters.views.revision_files import answer

SAFE_OR_POST = ["GET", "HEAD", "POST"]
NOW = "now"  # in place of a number: what is written, whether or not it is a revision yet
PER_PAGE = 50


@require_safe
def revisions(request, slug):
    """All of them, newest first, two of them to be chosen."""
    letter = _letter(Letter.objects.seen_by, request, slug)
    newest = letter.revision
    page = Paginator(_all(letter).order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "letter": letter,
        "page": page,
        "newest": newest,
        "chosen": _newest_two(page.object_list),
        "opened": letter.revisions.filter(cause=Revision.Cause.OPENED).order_by("number").first(),
        "is_written_on": newest is not None and differs(newest, working.read(letter)),
        **_may(request, letter),
    }
    return render(request, "letters/revisions.html", context)


@require_safe
def revision(request, slug, number):
    """One as it reads, in one of its languages."""
    letter = _letter(Letter.objects.seen_by, request, slug)
    found = _found(letter, number)
    asked = request.GET.get("in") or found.authentic["language"]
    text = next((text for text in found.texts if text["language"] == asked), None)
    if text is None:
        raise Http404
    context = {
        "letter": letter,
        "revision": found,
        "is_newest": found == letter.revision,
        "versions": _versions(found, text) if len(found.texts) > 1 else [],
        **_may(request, letter),
        **article(text, found.recipients, working.of_revision(found).front),
    }
    return render(request, "letters/revision.html", context)


@require_safe
def compare(request, slug):
    """Two of them word by word, the older one first whichever way they were chosen; or one and what is written now."""
    letter = _letter(Letter.objects.seen_by, request, slug)
    chosen = [_asked(letter, request.GET.get(name, "")) for name in ("old", "new")]
    old, new = sorted(chosen, key=lambda one: (one is None, one.number if one else 0))
    if old is None:
        raise Http404
    now = working.read(letter)
    shown = compared_revisions(old, new) if new else compared(working.of_revision(old), now)
    context = {"letter": letter, "old": old, "new": new, **shown, **_may(request, letter)}
    return render(request, "letters/compare.html", context)


@require_POST
def name_revision(request, slug, number):
    letter = _letter(Letter.objects.run_by, request, slug)
    form = NameForm(request.POST)
    if form.is_valid():
        services.name_revision(_found(letter, number), form.cleaned_data["name"], by=request.user)
    else:
        for error in form.errors["name"]:
            messages.error(request, str(error))
    return redirect("letters:revision", slug=slug, number=number)


@require_http_methods(SAFE_OR_POST)
def restore(request, slug, number):
    """Ask, say what happens to what is written now, and do it by POST."""
    letter = _letter(Letter.objects.run_by, request, slug)
    found, now = _found(letter, number), working.read(letter)
    if not _may(request, letter)["may_restore"]:
        messages.error(request, _("The letter is closed: its words do not change any more."))
        return redirect("letters:revision", slug=slug, number=number)
    if request.method != "POST":
        context = {
            "letter": letter,
            "revision": found,
            "seen": now.fingerprint(),
            **compared(now, working.of_revision(found)),
        }
        return render(request, "letters/restore.html", context)
    return _restored(request, letter, found)


def _restored(request, letter, found):
    try:
        with transaction.atomic():  # an amendment that was begun for nothing is not left behind
            if not letter.is_draft:
                services.prepare_amendment(letter, by=request.user)
            services.restore(found, by=request.user, seen=request.POST.get("seen", ""))
    except services.ChangedSince:
        messages.error(request, _("Somebody has written on meanwhile. Look at it again before you restore."))
        return redirect("letters:restore", slug=letter.slug, number=found.number)
    except (services.NotDraft, services.ForbiddenMove):
        messages.error(request, _("The letter is closed: its words do not change any more."))
        return redirect("letters:overview", slug=letter.slug)
    messages.success(request, _("Revision %(number)d is restored. You write on from there.") % {"number": found.number})
    return redirect("letters:write", slug=letter.slug)


@require_safe
def revision_copy(request, slug, number):
    """Any of them as a file, to be kept or to have its digest recomputed."""
    letter = _letter(Letter.objects.seen_by, request, slug)
    response = answer(_found(letter, number))
    response["Content-Disposition"] = f'attachment; filename="{slug}-revision-{number}.json"'
    return response


def _letter(letters, request, slug):
    return get_object_or_404(letters(request.user).select_related("campaign"), slug=slug)


def _all(letter):
    return letter.revisions.select_related("created_by", "named").defer("canonical")


def _found(letter, number):
    return get_object_or_404(_all(letter), number=number)


def _asked(letter, which):
    """None for what is written now."""
    if which == NOW:
        return None
    if not (which.isascii() and which.isdecimal() and len(which) < 10):
        raise Http404
    return _found(letter, int(which))


def _newest_two(shown):
    """The numbers that are chosen at first, the older one first."""
    numbers = [one.number for one in shown[:2]]
    return {"new": numbers[0], "old": numbers[-1]} if numbers else {}


def _may(request, letter):
    may_run = Letter.objects.run_by(request.user).filter(pk=letter.pk).exists()
    changes = letter.is_draft or (letter.status == Letter.Status.OPEN and not letter.is_over)
    return {"may_run": may_run, "may_restore": may_run and changes}


def _versions(revision, shown):
    """For templates/letters/versions.html: each language as its readers call it."""
    return [
        {
            "language": text["language"],
            "direction": writing.of(text["language"]).direction,
            "name": writing.name_of(text["language"], text["language"]),
            "url": f"?in={text['language']}",
            "is_shown": text is shown,
        }
        for text in working.of_revision(revision).texts
    ]
