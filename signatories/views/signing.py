from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from letters.models import Letter, Text
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
    reads = _reads(request, slug)
    read = {"reads": reads, "title": letter.title_for(reads), "letter_url": letter.url_for(reads)}
    return form_page(request, {"letter": letter, **read})


def _reads(request, slug):
    """The language the letter was read in, as its page says behind the "?"; "" if there is no text in it."""
    asked = request.GET.get("in", "")[:20]
    return asked if asked and Text.objects.filter(letter__slug=slug, language=asked).exists() else ""


def form_page(request, context):
    """The form to fill in, or, once it is well formed, the line to check."""
    form = SignOnForm(request.POST or None)
    if "change" in request.POST or not form.is_valid():
        if "change" in request.POST:
            form.errors.clear()
        return render(request, "signatories/sign.html", {**context, "form": form})
    country = countries.name(form.line.country)
    return render(request, "signatories/check.html", {**context, "form": form, "line": form.line, "country": country})


def _sign_on(request, slug, form):
    try:
        services.sign_on(
            slug,
            line=form.line,
            visibility=form.cleaned_data["visibility"],
            scope=form.cleaned_data["scope"],
            contact=form.contact,
            language=_reads(request, slug) or translation.get_language(),
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
    outcome = _chosen(found, form.cleaned_data) if form.is_valid() else services.standing(found)
    found.signatory.refresh_from_db()
    signatory, letter = found.signatory, found.signatory.letter
    context = {"signatory": signatory, "letter": letter, "line": signatory.line}
    context["country"] = countries.name(signatory.line.country)
    if outcome and outcome is not services.Outcome.CHANGED:
        return render(request, "signatories/chosen.html", {**context, "outcome": outcome.value})
    if outcome:  # what was on the screen is no longer what would be signed: choose anew
        form = ChoiceForm()
    context["amendments"] = letter.amendments.filter(made_at__gt=signatory.signed_at).select_related("revision")
    return render(request, "signatories/confirm.html", {**context, "form": form, "revision": letter.revision})


def _chosen(token, answers):
    if answers["choice"] == "confirm":
        return services.confirm(token, seen=answers["revision"])
    return services.refuse(token)
