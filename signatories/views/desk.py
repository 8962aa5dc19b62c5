"""The desk, where it is about signatories: trying the sign-on of a draft, and who has to agree again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import services as letters
from letters.models import Amendment, Letter
from signatories import services
from signatories.forms import SignOnForm
from signatories.models import Objection
from signatories.views.signing import form_page


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).with_counts().select_related("campaign"), slug=slug)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request, slug):
    """The sign-on form of a draft: the same pages, the same mail, and nothing of it stays once the letter opens."""
    letter = _run(request, slug)
    if not letter.is_draft:
        messages.info(request, _("The letter has been opened: sign on for real on its public page."))
        return redirect("letters:overview", slug=slug)
    form = SignOnForm(request.POST or None)
    if "send" in request.POST and "change" not in request.POST and form.is_valid():
        return _tried(request, letter, form)
    return form_page(request, {"letter": letter, "is_trial": True})


def _tried(request, letter, form):
    try:
        trial = letters.begin_trial(letter, by=request.user)
        services.sign_on(
            letter,
            language=letter.text.language if letter.text else translation.get_language(),
            trial=trial,
            **form.facts,
        )
    except (letters.NotDraft, services.NotAccepting):  # opened a moment ago
        messages.info(request, _("The letter has been opened: sign on for real on its public page."))
        return redirect("letters:overview", slug=letter.slug)
    messages.success(
        request, _("A test sign-on is made. Now open the link in the mail and answer it: then this step is done.")
    )
    return redirect("letters:overview", slug=letter.slug)


@require_safe
def answers(request, slug):
    """What came of the amendments: who has not agreed again, and who objects."""
    letter = get_object_or_404(Letter.objects.seen_by(request.user).with_counts(), slug=slug)
    amendments = list(letter.amendments.select_related("revision", "made_by").order_by("-revision__number"))
    if not amendments:
        raise Http404
    newest = next((one for one in amendments if one.is_substance), None)
    context = {
        "letter": letter,
        "may_run": Letter.objects.run_by(request.user).filter(pk=letter.pk).exists(),
        "amendments": amendments,
        "newest": newest,
        "missing": letter.signatories.asked_again().select_related("letter", "agreed_revision").order_by("signed_at")
        if newest
        else [],
        "objections": Objection.objects.filter(signatory__letter=letter).select_related("signatory", "amendment"),
        "Class": Amendment.Class,
    }
    return render(request, "signatories/answers.html", context)


@require_POST
def remind(request, slug):
    letter = _run(request, slug)
    reminded = services.remind(letter, by=request.user)
    if reminded:
        words = ngettext("A reminder goes to %(n)d organization.", "A reminder goes to %(n)d organizations.", reminded)
        messages.success(request, words % {"n": reminded})
    else:
        messages.info(request, _("Nobody was reminded: everybody missing has had a mail within the last day."))
    return redirect("signatories:answers", slug=slug)
