"""What an amendment asks of an organization that has signed: a page behind the link in its mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from letters import changes
from signatories import countries, services
from signatories.forms import AgreeForm, ObjectionForm
from signatories.models import Purpose, Token


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request, token):
    """The difference, and a choice, by POST. Nothing is selected, so what a mail gateway presses changes nothing."""
    found = Token.objects.found(Purpose.AMENDMENT, token)
    if found is None:
        return render(request, "signatories/unknown_link.html", status=404)
    asked = services.asks_of(found.signatory)
    if asked is None:
        return _settled(request, found, services.standing_of(found.signatory))
    form = _form(asked, found.signatory.letter, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, found, asked, form)
    answer = _answered(found, form.cleaned_data)
    if answer is services.Answer.CHANGED:
        return redirect("signatories:amendment", token=token)
    found = Token.objects.found(Purpose.AMENDMENT, token)
    return _settled(request, found, answer)


def _form(asked, letter, data):
    if asked.is_substance:
        return AgreeForm(data, initial={"revision": letter.revision.number})
    return ObjectionForm(data)


def _answered(token, answers):
    if answers["choice"] == "withdraw":
        return services.withdraw(token)
    if answers["choice"] == "agree":
        return services.agree(token, seen=answers["revision"])
    return services.object_to(token, words=answers["words"])


def _page(request, token, asked, form):
    signatory = token.signatory
    agreed, now = signatory.agreed_revision, signatory.letter.revision
    context = {
        **_context(signatory),
        "amendment": asked,
        "form": form,
        "revision": now,
        "agreed": agreed,
        "comparison": changes.compare(agreed.snapshot, now.snapshot),
    }
    return render(request, "signatories/amendment.html", context)


def _settled(request, token, answer):
    return render(request, "signatories/answered.html", {**_context(token.signatory), "answer": answer.value})


def _context(signatory):
    return {
        "signatory": signatory,
        "letter": signatory.letter,
        "line": signatory.line,
        "country": countries.name(signatory.line.country),
    }
