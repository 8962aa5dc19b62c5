from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from letters.models import Letter
from signatories import countries, services
from signatories.forms import ChoiceForm, SentForm, SignOnForm
from signatories.models import Purpose, Token


@login_not_required
@cache_control(private=True, no_cache=True)  # "no-store" would leave an error page behind the Back button
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, slug):
    """The form; then the line as it will be printed, to check; then the sign-on itself."""
    if "send" in request.POST and "change" not in request.POST:
        sent = SentForm(request.POST)
        if sent.is_valid():
            return _sign_on(request, slug, sent)
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    if not letter.accepts_signatures:
        return render(request, "signatories/not_accepting.html", {"letter": letter})
    form = SignOnForm(request.POST or None)
    context = {"letter": letter, "form": form}
    if "change" in request.POST or not form.is_valid():
        if "change" in request.POST:
            form.errors.clear()
        return render(request, "signatories/sign.html", context)
    country = countries.name(form.line.country)
    return render(request, "signatories/check.html", {**context, "line": form.line, "country": country})


def _sign_on(request, slug, form):
    try:
        services.sign_on(
            slug,
            line=form.line,
            visibility=form.cleaned_data["visibility"],
            scope=form.cleaned_data["scope"],
            contact=form.contact,
            language=translation.get_language(),
        )
    except (services.NotAccepting, Letter.DoesNotExist):  # closed while the form was being filled in, or never open
        letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
        return render(request, "signatories/not_accepting.html", {"letter": letter})
    return redirect("signatories:sent", slug=slug)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def sent(request, slug):
    """One more step. The same page whatever happened: the mail says which."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    return render(request, "signatories/sent.html", {"letter": letter})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """A choice, by POST. Mail gateways open links, run scripts and press buttons; none of that confirms."""
    found = Token.objects.found(Purpose.CONFIRM, token)
    if found is None:
        return render(request, "signatories/unknown_link.html", status=404)
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = services.confirm if form.cleaned_data["choice"] == "confirm" else services.refuse
        outcome: services.Outcome | None = act(found)
    else:
        outcome = services.standing(found)
    found.signatory.refresh_from_db()
    context = {"signatory": found.signatory, "letter": found.signatory.letter, "line": found.signatory.line}
    context["country"] = countries.name(found.signatory.line.country)
    if outcome:
        return render(request, "signatories/chosen.html", {**context, "outcome": outcome.value})
    return render(request, "signatories/confirm.html", {**context, "form": form})
