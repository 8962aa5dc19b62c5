"""For who runs the site: health, and the mail page of the embedded one."""

import io
from email.message import EmailMessage

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from campaigns import health
from campaigns import mailbox as box


@login_not_required
@never_cache
def live(request):
    """This process answers; it asks neither database nor session."""
    return HttpResponse("live\n", content_type="text/plain")


@login_not_required
@never_cache
def ready(request):
    """Anybody may ask, so what is well is said in one word: when a mail was written would tell what a form set off."""
    findings = list(health.at_work())
    is_ready = all(finding.is_well for finding in findings)
    words = {finding.name: "well" if finding.is_well else finding.words for finding in findings}
    return JsonResponse({"ready": is_ready, **words}, status=200 if is_ready else 503)


@login_not_required
@never_cache
def mailbox(request):
    _only_on_ones_own_machine()
    return render(request, "campaigns/mailbox.html", {"mails": box.messages()})


@login_not_required
@never_cache
def mail(request, name):
    _only_on_ones_own_machine()
    message = box.message(name)
    if message is None:
        raise Http404
    context = {
        "name": name,
        "subject": message["subject"],
        "sender_and_recipient": [(name, message[name]) for name in ("From", "To", "Reply-To", "Date") if message[name]],
        "headers": message.items(),
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
        "attachments": [part.get_filename() for part in message.iter_attachments()],
    }
    return render(request, "campaigns/mail.html", context)


@login_not_required
@never_cache
def mail_attachment(request, name, number):
    """A file that came with a mail, counted from 1; to be saved."""
    _only_on_ones_own_machine()
    message = box.message(name)
    found = list(message.iter_attachments())[number - 1 : number] if message and number else []
    if not found:
        raise Http404
    content = io.BytesIO(bytes(found[0].get_payload(decode=True)))
    return FileResponse(content, as_attachment=True, filename=found[0].get_filename() or "attachment")


def _only_on_ones_own_machine():
    """The page shows every mail, links included, to whoever asks."""
    if not settings.DEBUG or settings.EMAIL_URL:
        raise Http404


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part else ""
