"""The desk: where a letter stands, who signs, and the acts that move it on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns import services as campaigns
from campaigns.models import JournalEntry
from letters import readiness, services
from letters.forms import FreezeForm
from letters.models import Amendment, Comment, Letter, Rendering
from letters.services import deliveries, translating, working

SAFE_OR_POST = ["GET", "HEAD", "POST"]
ON_A_PAGE = 200  # sign-ons
A_WEEK = timedelta(days=7)


def _seen(request, slug):
    return get_object_or_404(Letter.objects.seen_by(request.user).with_counts().select_related("campaign"), slug=slug)


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).with_counts().select_related("campaign"), slug=slug)


def _may_run(request, letter):
    return Letter.objects.run_by(request.user).filter(pk=letter.pk).exists()


@require_safe
def overview(request, slug):
    """Where the letter stands and what comes next."""
    letter = _seen(request, slug)
    may_run = _may_run(request, letter)
    checks = readiness.checks(letter) if letter.is_draft else []
    editions = list(letter.editions.light().prefetch_related("renderings").order_by("-number"))
    standing = {one.edition.pk: one for one in deliveries.standing(letter)}
    for one in editions:
        one.standing = standing.get(one.pk)
        one.printed = letter.signatories.in_print(one)
    context = {
        "letter": letter,
        "may_run": may_run,
        "checks": checks,
        "is_ready": letter.is_draft and not readiness.missing(letter),
        "next_url": next((check.url for check in checks if check.is_missing), ""),
        "unanswered": Comment.objects.unanswered().filter(partner__consultation__letter=letter).count(),
        "has_amendments": letter.amendments.exists(),
        "is_amending": hasattr(letter, "amendment_draft"),
        "agree_until": _agree_until(letter),
        **_objections(letter),
        "has_consulted": letter.consultations.exists(),
        "editions": editions,
        "since": services.since(letter, may_run=may_run) if letter.status == Letter.Status.CLOSED else None,
        "failed_texts": letter.revision.renderings.failed() if letter.revision else [],
        "delivered": next((one.number for one in editions if one.standing and one.standing.delivered), 0),
        "waits": deliveries.waiting_in(list(standing.values())) if may_run else [],
        "is_to_publish": may_run and _is_to_publish(letter),
        "is_rendering": _is_rendering(letter, may_run),
    }
    return render(request, "letters/overview.html", context)


def _is_rendering(letter, may_run):
    """Whether the page is to look again; that there is a copy for the addressee, only who runs the letter learns."""
    documents = Rendering.objects.filter(edition__letter=letter, state__in=["queued", "rendering"])
    return (documents if may_run else documents.public()).exists()


def _is_to_publish(letter):
    """Whether nothing is left to deliver of the newest edition, and publishing comes next."""
    edition = None if letter.publication else deliveries.with_recipients(letter).first()
    return edition is not None and all(line.is_delivered for line in deliveries.lines(edition))


def _agree_until(letter):
    """Until when those who have not agreed to the amended text still can; None once they cannot."""
    newest = letter.amendments.filter(weight=Amendment.Class.SUBSTANCE).order_by("-revision__number").first()
    if newest is None or not newest.takes_agreement:
        return None
    return min(newest.agree_by, letter.confirmable_until or newest.agree_by)


def _objections(letter):
    """How many, of each kind, that somebody has to look at."""
    everyone = letter.signatories.real()
    return {
        "objections": letter.amendments.filter(objections__isnull=False).count(),
        "doubted": everyone.live().doubted().count(),
        "disowned": len(_disowned(letter)),
    }


def _disowned(letter):
    """Keys of the sign-ons whose mailboxes have answered in the last week that they did not ask for this."""
    said = JournalEntry.objects.filter(verb="refused", at__gt=timezone.now() - A_WEEK, data__letter=letter.pk)
    return [UUID(key) for key in said.values_list("subject_id", flat=True)]


@require_http_methods(SAFE_OR_POST)
def open_for_signing(request, slug):
    letter = _run(request, slug)
    if request.method == "POST":
        done = _("Open. Sign on with an organization of your own first.")
        return _act(request, letter, partial(services.open_for_signing, seen=request.POST.get("seen")), done)
    if not letter.is_draft:
        return _too_late(request, letter)
    seen = working.read(letter).fingerprint()
    context = {
        "letter": letter,
        "missing": readiness.missing(letter),
        "doubts": [check for check in readiness.checks(letter) if check.state == readiness.DOUBTFUL],
        "consulting": any(not one.is_over for one in letter.consultations.all()),
        "seen": seen,
    }
    return render(request, "letters/open_for_signing.html", context)


@require_http_methods(SAFE_OR_POST)
def close(request, slug):
    letter = _run(request, slug)
    if request.method == "POST":
        return _act(request, letter, services.close, _("Sign-on is closed."))
    if letter.status != Letter.Status.OPEN:
        return _too_late(request, letter)
    promised = letter.answers_cut_short(timezone.now())
    asked = letter.signatories.asked_again().count() if promised else 0
    return render(request, "letters/close.html", {"letter": letter, "promised": promised, "asked": asked})


@require_http_methods(SAFE_OR_POST)
def freeze(request, slug):
    letter = _run(request, slug)
    newest = letter.editions.light().order_by("-number").first()
    after = newest.number if newest else 0
    form = FreezeForm(request.POST if request.method == "POST" else None, letter=letter, after=after)
    if form.is_valid():
        known = form.cleaned_data["after"]
        dated = cast(services.Dated, form.dated)
        freeze_once = partial(services.freeze, after=after if known is None else known, dated=dated)
        return _act(request, letter, freeze_once, _("The edition is frozen; its PDF is being set."))
    if letter.status != Letter.Status.CLOSED:
        return _too_late(request, letter)
    words = working.of_revision(letter.revisions.latest("number"))
    context = {
        "letter": letter,
        "form": form,
        "newest": newest,
        "since": services.since(letter, may_run=True),
        "doubted": sum(map(len, letter.signatories.listed().doubted_names().values())),
        "behind": [text["language"] for text in words.texts if translating.is_behind(words, text["language"])],
        "agree_until": _agree_until(letter),
    }
    return render(request, "letters/freeze.html", context)


@require_POST
def pause(request, slug):
    done = _("Paused: no new forms are taken until you resume. Mails sent before can still be confirmed.")
    return _act(request, _run(request, slug), services.pause, done)


@require_POST
def resume(request, slug):
    return _act(request, _run(request, slug), services.resume, _("Sign-on goes on."))


@require_POST
def test_delivery(request, slug):
    campaigns.test_delivery(_run(request, slug).campaign, by=request.user)
    messages.success(request, _("A test mail goes to the contact address."))
    return redirect("letters:overview", slug=slug)


@require_POST
def render_again(request, slug, pk):
    letter = _run(request, slug)
    of_letter = Rendering.objects.filter(Q(edition__letter=letter) | Q(revision__letter=letter))
    services.render_again(get_object_or_404(of_letter, pk=pk), by=request.user)
    messages.success(request, _("It is being set again."))
    return redirect("letters:overview", slug=slug)


@require_safe
def signatories(request, slug):
    """Who signs, for the team: lines and states, never contact data."""
    letter = _seen(request, slug)
    everyone = letter.signatories.real().select_related("letter", "agreed_revision").order_by("-signed_at")
    states = dict(everyone.order_by().values_list("status").annotate(n=Count("pk")))
    chosen = request.GET.get("state", "")
    labels = everyone.model.Status
    context = {
        "letter": letter,
        "may_run": _may_run(request, letter),
        "states": [(state.value, state.label, states[state.value]) for state in labels if state.value in states],
        "reviewing": everyone.under_review().count(),
        "chosen": chosen,
        "total": sum(states.values()),
        **_page_of(_in_state(letter, everyone, chosen), request.GET.get("after", "")),
    }
    return render(request, "letters/signatories.html", context)


def _page_of(rows, after):
    """The newest, or those older than the one with the key `after`: no page costs more because it is a later one."""
    rows = rows.order_by("-signed_at", "-pk")
    last = rows.model.objects.filter(pk=after).first() if _is_key(after) else None
    if last:
        rows = rows.filter(signed_at__lte=last.signed_at).exclude(signed_at=last.signed_at, pk__gte=last.pk)
    some = list(rows[: ON_A_PAGE + 1])
    return {"signatories": some[:ON_A_PAGE], "older": some[ON_A_PAGE - 1].pk if len(some) > ON_A_PAGE else None}


def _is_key(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _in_state(letter, everyone, chosen):
    """What a link asks for: a state, or "to_check", which the vetters' queue defines, or whose boards decide, or to
    which somebody at the organization objects."""
    if chosen == "doubted":
        return everyone.live().doubted()
    if chosen == "disowned":
        return everyone.filter(pk__in=_disowned(letter))
    if chosen == "to_check":
        return everyone.awaiting_vetting()
    if chosen == "under_review":
        return everyone.under_review()
    if chosen == "listed":
        return everyone.listed()
    return everyone.filter(status=chosen) if chosen else everyone


@require_safe
def document(request, slug, number, language):
    """A finished document of an edition, to keep."""
    letter = _seen(request, slug)
    done = Rendering.objects.done().public()
    rendering = get_object_or_404(done, edition__letter=letter, edition__number=number, language=language)
    name = f"{letter.slug}-edition-{number}-{language}.pdf"
    response = FileResponse(rendering.file.open(), as_attachment=True, filename=name, content_type="application/pdf")
    response["ETag"] = f'"{rendering.sha256}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _act(request, letter, act, done):
    """Do it, say so, and show the letter; say it too if it cannot be done."""
    try:
        act(letter, by=request.user)
    except services.ChangedSince:
        messages.error(request, _("The letter was changed while you decided. Look at it again, then open it."))
    except services.NotReady as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    except services.AlreadyFrozen:
        messages.info(request, _("This edition is frozen already: you pressed twice, or somebody else was faster."))
    except (services.ForbiddenMove, services.NotClosed):
        return _too_late(request, letter)
    else:
        messages.success(request, done)
    return redirect("letters:overview", slug=letter.slug)


def _too_late(request, letter):
    messages.error(request, _("Not possible any more: somebody else was faster. This is how it stands now."))
    return redirect("letters:overview", slug=letter.slug)
