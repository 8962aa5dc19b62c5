"""Signing on: the form, the answers to check, and what comes next. The same pages for everybody, with no cookie."""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from campaigns import sources
from letters.models import Letter, Text
from signatories import emails, guarding, services
from signatories.evidence import suggested
from signatories.forms import IndividualForm, SentForm, SentIndividualForm, SignOnForm
from signatories.models import Signatory
from signatories.models.lines import LINE
from signatories.services import registering
from signatories.views.origins import is_from_elsewhere

FORMS = {
    Signatory.Kind.ORGANIZATION: (SignOnForm, SentForm),
    Signatory.Kind.INDIVIDUAL: (IndividualForm, SentIndividualForm),
}
BACK_TO_THE_FORM = ("change", "switch", "correct", "take_over")  # buttons of the page of answers, beside "send"
PASSED_ON = re.compile(r"[a-z_]{1,40}")  # names of what else a page may hold; not for keeping


@csrf_exempt  # nobody is signed in here: docs/decisions/0014
@login_not_required
@cache_control(private=True, no_cache=True)  # "no-store" would leave an error page behind the Back button
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, slug, kind=Signatory.Kind.ORGANIZATION):
    """The form; then the line as it will be printed, to check; then the sign-on itself."""
    shown, sent = FORMS[kind]
    if "send" in request.POST and not is_from_elsewhere(request):
        answers = sent(request.POST)
        if answers.is_valid() and (answered := _sign_on(request, slug, answers)):
            return answered
    letter = _public(slug)
    if not letter.accepts_signatures:
        return _not_accepting(request, letter)
    turned = kind == Signatory.Kind.INDIVIDUAL and not letter.takes_individuals
    if turned and request.method != "POST":
        return redirect("signatories:sign", slug=slug)
    if turned:  # since the form was opened: what was typed stays, for the organization's own
        kind, shown = Signatory.Kind.ORGANIZATION, SignOnForm
    reads = _reads(request, slug)
    text = letter.text_for(reads)
    title = (text and text.title) or str(letter)
    read = {"text": text, "title": title, "letter_url": letter.url_for(reads), **_addresses(slug, kind, reads)}
    return form_page(request, {"letter": letter, "turned": turned, **read}, shown)


def _public(slug):
    return get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)


def _reads(request, slug):
    """The language the letter was read in, as its page says behind the "?"; "" if there is no text in it."""
    asked = request.GET.get("in", "")[:20]
    if not asked or not asked.isprintable():
        return ""
    return asked if Text.objects.filter(letter__slug=slug, language=asked).exists() else ""


def _addresses(slug, kind, reads):
    """This page and that for whoever signs in the other capacity, for a reader of the same language."""
    behind = f"?in={reads}" if reads else ""
    pages = [reverse(name, args=[slug]) + behind for name in ("signatories:sign", "signatories:sign_individual")]
    return dict(zip(("here", "other"), pages if kind == Signatory.Kind.ORGANIZATION else reversed(pages), strict=True))


def _not_accepting(request, letter):
    """Why not, and the answers once more, to be sent when the pause is over."""
    again = [] if letter.is_over else _passed_on(request, ())
    return render(request, "signatories/not_accepting.html", {"letter": letter, "answers": again})


def form_page(request, context, shown=SignOnForm):
    """The form to fill in, or, once it is well formed, the answers to check."""
    form = _asked(request, shown, context["letter"], anew=context.get("turned", False))
    if "scope" in form.fields and context["letter"].group_by == Letter.GroupBy.SCOPE:
        form.fields["scope"].help_text = _("The list is grouped by it.")
    context = {
        **context,
        "form": form,
        "is_individual": shown.kind == Signatory.Kind.INDIVIDUAL,
        "neutral_subject": emails.confirm_subject(),
    }
    if not form.is_bound or "change" in request.POST or not form.is_valid():
        if "change" in request.POST:
            form.errors.clear()
            form.turn_to(request.POST["change"])
        return render(request, "signatories/sign.html", context)
    return render(request, "signatories/check.html", context | _to_check(request, context["letter"], form))


def _asked(request, shown, letter, *, anew=False):
    if request.method != "POST":
        return shown()
    if anew or "switch" in request.POST:
        return shown(initial=shown.in_this_capacity(request.POST))
    answers = request.POST.copy()
    if "correct" in request.POST:
        answers["contact_email"] = _meant(answers) or answers.get("contact_email", "")
    form = shown(answers)
    if "take_over" in request.POST and form.is_valid() and (known := _known_before(form, letter)):
        answers.update({part: words for part in LINE if part in form.fields and (words := getattr(known, part))})
        form = shown(answers)
    return form


def _known_before(form, letter):
    """The line of an earlier public letter that says more of the organization, or says it otherwise; None without."""
    if form.kind == Signatory.Kind.INDIVIDUAL:
        return None
    typed = form.line
    hits = registering.known([typed], outside=[letter.pk])[0]
    known = next((hit.line for hit in hits if hit.line.country == typed.country), None)
    says_more = known and any(getattr(known, part) not in ("", getattr(typed, part)) for part in LINE)
    return known if says_more else None


def _meant(answers):
    """The address without a slip in its domain, or ""."""
    return suggested(answers.get("contact_email", ""), answers.get("website", ""))


def _to_check(request, letter, form):
    alike = [] if form.kind == Signatory.Kind.INDIVIDUAL else services.listed_like(letter, form.line)
    return {
        "line": form.line,
        "meant": _meant(form.cleaned_data),
        "alike": alike,
        "known": None if alike else _known_before(form, letter),
        "passed_on": _passed_on(request, form.fields),
    }


def _passed_on(request, fields):
    """What came with the answers and is not among them, for whoever looks at it when they are sent."""
    known = {*fields, *BACK_TO_THE_FORM, "send", "csrfmiddlewaretoken"}
    found = [(name, value) for name, value in request.POST.items() if name not in known and PASSED_ON.fullmatch(name)]
    return [(name, value[:2000]) for name, value in found][:30]


def _sign_on(request, slug, form):
    language = _reads(request, slug) or translation.get_language()
    try:
        marks = guarding.marks(request.POST)
        services.submit(slug, language=language, source=sources.source_of(request), marks=marks, **form.facts)
    except (services.NotAccepting, Letter.DoesNotExist):  # closed while the form was being filled in, or never open
        letter = _public(slug)
        return None if letter.accepts_signatures else _not_accepting(request, letter)  # None: organizations alone may
    return redirect("signatories:sent", slug=slug)


@login_not_required
@require_safe
def already(request, slug):
    """For whoever recognized its organization among those listed: nothing to do, and how to change it."""
    return render(request, "signatories/already.html", {"letter": _public(slug)})


@login_not_required
@require_safe
def sent(request, slug):
    """One more step. The same page whatever happened: the mail says which."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return render(request, "signatories/sent.html", {"letter": _public(slug), "sender": sender})
