"""Around the links: a new one by mail, the end of older ones, the second contact's answer, and having no more mails."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from campaigns import sources
from letters.models import Letter
from signatories import services
from signatories.forms import EndLinksForm, LinkForm, UnsubscribeForm, VouchForm
from signatories.models import Purpose
from signatories.views.behind_links import back, behind, context_of, dead_link
from signatories.views.origins import is_from_elsewhere


@csrf_exempt  # nobody is signed in here, and all it does is send a mail within the limits
@login_not_required
@cache_control(private=True, no_cache=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request, slug):
    """A new link to a sign-on, by mail to its address. The same page whether or not there is one."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not is_from_elsewhere(request):
        asked = {"email": form.cleaned_data["email"], "source": sources.source_of(request)}
        services.ask_for_link(letter, language=translation.get_language(), **asked)
        return render(request, "signatories/link_sent.html", {"letter": letter})
    return render(request, "signatories/new_link.html", {"letter": letter, "form": form})


@behind(Purpose.MINE)
def older_links(request, token):
    """Older links to the same page, to be ended with a tick: one may have come into other hands."""
    form = EndLinksForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.end_older(token)
        return back(token, "ended")
    if not token.older.exists():
        return back(token)
    return render(request, "signatories/older_links.html", {**context_of(token.signatory), "form": form})


@behind(Purpose.SECOND)
def vouch(request, token):
    """Somebody signed for you: is this right?"""
    signatory = token.signatory
    second = getattr(signatory, "second_contact", None)
    if second is None or (second.answer and request.method != "POST"):
        return dead_link(request)
    form = VouchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.vouch(token, answer=form.cleaned_data["answer"])
        return render(request, "signatories/vouched.html", context_of(signatory) | form.cleaned_data)
    return render(request, "signatories/vouch.html", context_of(signatory) | {"form": form})


@behind(Purpose.UNSUBSCRIBE)
def unsubscribe(request, token):
    """By a mail program in one step (RFC 8058), or by a person with a choice."""
    if request.POST.get("List-Unsubscribe") == "One-Click":
        services.unsubscribe(token)
        return render(request, "signatories/unsubscribed.html", {"is_off": True})
    form = UnsubscribeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "signatories/unsubscribe.html", {"form": form})
    is_off = form.cleaned_data["choice"] == "off"
    (services.unsubscribe if is_off else services.subscribe)(token)
    return render(request, "signatories/unsubscribed.html", {"is_off": is_off})


@behind(Purpose.MINE)
def subscription(request, token):
    """The same from the signatory's own page."""
    form = UnsubscribeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "signatories/unsubscribe.html", {"form": form, "signatory": token.signatory})
    (services.unsubscribe if form.cleaned_data["choice"] == "off" else services.subscribe)(token)
    return back(token, "subscribed")
