"""The choice that the confirmation mail leads to."""

from __future__ import annotations

from django.shortcuts import redirect, render

from signatories import services
from signatories.forms import ChoiceForm
from signatories.models import Purpose, Token
from signatories.services import Outcome
from signatories.views.behind_links import behind, context_of, dead_link


@behind(Purpose.CONFIRM)
def confirm(request, token):
    """A choice, by POST. Mail gateways open links, run scripts and press buttons; none of that confirms."""
    if not services.is_open(token):
        outcome = services.just_answered(token) if request.method == "POST" else None
        return after(request, token, outcome or Outcome.CLOSED)
    return choice_page(request, token)


def choice_page(request, token, template="signatories/confirm.html"):
    """The choice, or what it came to."""
    if token.signatory.reviewing_since and request.POST.get("choice") == "board":  # pressed twice
        return after(request, token, Outcome.REVIEWING)
    form = ChoiceForm(request.POST if request.method == "POST" else None, token=token)
    if form.is_valid():
        outcome = chosen(token, form.cleaned_data)
        if outcome is not Outcome.CHANGED:
            return after(request, token, outcome)
        form = ChoiceForm(token=token)  # what was on the screen is no longer what would be signed: choose anew
    signatory = token.signatory
    letter = signatory.letter
    context = {**context_of(signatory), "form": form, "revision": letter.revision}
    context["amendments"] = letter.amendments.filter(made_at__gt=signatory.signed_at).select_related("revision")
    return render(request, template, context)


def chosen(token, answers):
    if answers["choice"] == "confirm":
        return services.confirm(token, seen=answers["revision"])
    if answers["choice"] == "board":
        return services.let_board_decide(token)
    return services.refuse(token)


def after(request, token, outcome):
    """Where an answer leads: to the signatory's own page, to the word that nothing was signed, or nowhere."""
    if outcome in {Outcome.CONFIRMED, Outcome.REVIEWING}:
        own = token if token.purpose == Purpose.MINE else Token.objects.mine(token.signatory)
        return redirect("signatories:mine", token=own.secret)  # from an older link, not to a newer one
    if outcome is Outcome.REFUSED:
        return render(request, "signatories/refused.html", context_of(token.signatory))
    return dead_link(request)
