"""The desk: changing an open letter. Prepared on the writing page, weighed and made here."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from letters import services
from letters.forms import AmendForm
from letters.models import Letter
from letters.services import working
from letters.views.comparing import compared

SAFE_OR_POST = ["GET", "HEAD", "POST"]


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).with_counts().select_related("campaign"), slug=slug)


@require_POST
def prepare_amendment(request, slug):
    letter = _run(request, slug)
    try:
        services.prepare_amendment(letter, by=request.user)
    except services.ForbiddenMove:
        messages.error(request, _("Only an open letter can be amended: open it again first, once it is closed."))
        return redirect("letters:overview", slug=slug)
    return redirect("letters:write", slug=slug)


@require_http_methods(SAFE_OR_POST)
def discard_amendment(request, slug):
    letter = _run(request, slug)
    if request.method != "POST":
        return render(request, "letters/discard_amendment.html", {"letter": letter})
    services.discard_amendment(letter, by=request.user)
    messages.success(request, _("Thrown away. The letter stays as it is."))
    return redirect("letters:overview", slug=slug)


@require_http_methods(SAFE_OR_POST)
def amend(request, slug):
    """What would change, what it would ask of those who have signed, and the decision."""
    letter = _run(request, slug)
    if letter.is_draft or not letter.is_written:
        is_kept = not letter.is_draft and hasattr(letter, "amendment_draft")
        messages.info(request, _wait_for_opening() if is_kept else _("No amendment is being prepared."))
        return redirect("letters:overview", slug=slug)
    in_force, prepared = letter.revisions.latest("number"), working.read(letter)
    proposal = services.weighed(letter)
    form = AmendForm(request.POST or None, letter=letter, proposal=proposal, initial={"seen": prepared.fingerprint()})
    if request.method == "POST" and form.is_valid() and (answer := _amended(request, letter, form)):
        return answer
    context = {
        "letter": letter,
        "form": form,
        "proposal": proposal,
        "is_changed": services.differs(in_force, prepared),
        **compared(working.of_revision(in_force), prepared),
    }
    return render(request, "letters/amend.html", context)


def _amended(request, letter, form):
    """Do it and say so; None to show the page again, with what has to be mended."""
    chosen = form.cleaned_data
    try:
        amendment = services.amend(letter, by=request.user, **chosen)
    except services.ChangedSince:
        messages.error(request, _("The amendment was changed while you decided. Look at it again."))
        return redirect("letters:amend", slug=letter.slug)
    except services.NotReady as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None
    except services.BadDeadline:
        form.add_error("until", _("Give them at least twelve hours, and no longer than the letter takes answers."))
        return None
    except (services.NothingChanged, services.ForbiddenMove, services.TooLight, services.ReasonNeeded):
        messages.error(request, _("Not possible any more: somebody else was faster. This is how it stands now."))
        return redirect("letters:overview", slug=letter.slug)
    messages.success(request, _said(amendment))
    return redirect("letters:overview", slug=letter.slug)


def _wait_for_opening():
    return _("Sign-on is closed. The amendment that was being prepared is kept; to make it, open the letter again.")


def _said(amendment):
    if amendment.is_substance:
        return _("Amended. Everybody who has signed is being asked to agree again.")
    if amendment.object_by:
        return _("Corrected. Everybody who has signed is being told.")
    return _("Amended.")
