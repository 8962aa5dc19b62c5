"""The desk: exactly what goes out, before it does."""

from __future__ import annotations

from email.header import decode_header, make_header

from allauth.account.decorators import reauthentication_required
from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from letters import services
from letters.models import Delivery
from letters.services import covering, releasing
from letters.views.delivering import run, runners, too_late

FRAMED = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF], "sandbox": True}
LARGE = 8 * 2**20  # bytes; in a mail a file grows by a third, and many servers take 10 MB


@require_http_methods(["GET", "HEAD", "POST"])
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # it thinks that views take a request alone
def release_delivery(request, slug, pk):
    """Shown, and by POST released: what was shown and nothing else."""
    found = run(request, slug, pk)
    return _released(request, found) if found.is_public else _confidential(request, found)


@reauthentication_required
def _confidential(request, found):
    """The addressee's copy goes out by the hand of who has just shown again who is there."""
    return _released(request, found)


def _released(request, found):
    if found.status != Delivery.Status.PREPARED:
        return _not_any_more(request, found)
    if request.method == "POST":
        try:
            services.release_delivery(found, by=request.user, shown=request.POST.get("shown", ""))
        except services.ChangedSince:
            messages.error(request, _("Not released: it is not what you were shown any more. This is what it is now."))
            return redirect(request.path)
        except services.SecondPersonNeeded:
            messages.error(request, _("Not released: somebody else than who prepared it has to do that."))
            return redirect(request.path)
        except services.NotDeliverable:
            return redirect(request.path)  # where it is said
        except services.ForbiddenMove:
            return _not_any_more(request, run(request, found.edition.letter.slug, found.pk))
        done = _("Released: the mail goes out now.") if found.is_mail else _("Released: now hand it over.")
        messages.success(request, done)
        return redirect("letters:delivery", slug=found.edition.letter.slug, pk=found.pk)
    return render(request, "letters/release_delivery.html", _shown(request, found))


def _not_any_more(request, found):
    """A second click has what it was for."""
    if not found.released_at or found.status == Delivery.Status.CANCELLED:
        return too_late(request, found)
    messages.info(request, _("It is released. This is how far it is."))
    return redirect("letters:delivery", slug=found.edition.letter.slug, pk=found.pk)


def _shown(request, found):
    letter = found.edition.letter
    dry, refusal = None, None
    try:
        dry = services.dry_run(found)
    except services.NotDeliverable as error:
        refusal = error
    newest = letter.editions.light().order_by("-number").first()
    return {
        "letter": letter,
        "delivery": found,
        "edition": found.edition,
        "newest": newest if newest != found.edition else None,
        "recipient": found.recipient_signed,
        "dry": dry,
        "is_too_large": isinstance(refusal, services.TooLargeToAttach),
        "headers": _headers(dry.mail) if dry and dry.mail else [],
        "is_other_address": found.is_mail and found.email.lower() != found.recipient_signed["email"].lower(),
        "is_large": bool(dry and found.is_mail and found.is_attached and dry.document.bytes > LARGE),
        "waits_for_another": releasing.needs_second(found) and found.prepared_by_id == request.user.pk,
        "is_released_first": releasing.is_released_first(found),
        "has_papers": covering.has_papers(found),
        "has_others": runners(letter).exclude(user=request.user).exists(),
    }


def _headers(mail):
    """Those that are known before it goes out, as programs show them."""
    sender = str(make_header(decode_header(mail.from_email)))
    first = [("From", sender), ("To", ", ".join(mail.to)), ("Reply-To", ", ".join(mail.reply_to))]
    others = [(name, value) for name, value in mail.extra_headers.items() if name != "Message-ID"]
    return [*first, ("Subject", mail.subject), *others]


@xframe_options_sameorigin
@require_safe
@csp(FRAMED)  # type: ignore[arg-type]
def delivery_frame(request, slug, pk):
    """The HTML of the mail, which styles itself by attributes, as mails have to."""
    found = run(request, slug, pk)
    if found.status != Delivery.Status.PREPARED or not found.is_mail:
        raise Http404
    try:
        dry = services.dry_run(found)
    except services.NotDeliverable:
        raise Http404 from None
    response = HttpResponse(dry.html)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def delivery_papers(request, slug, pk):
    """To be printed: the cover letter, and an address label or a form of receipt."""
    found = run(request, slug, pk)
    try:
        content = services.cover_pdf(found)
    except services.NotDeliverable:
        raise Http404 from None
    except services.RenderingFailed as error:
        messages.error(request, _("The cover letter could not be set: %(cause)s") % {"cause": error})
        return redirect("letters:delivery", slug=slug, pk=pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-edition-{found.edition.number}-cover-{pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
