"""The desk: what recipients have replied."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters import emails, services
from letters.forms import ReplyForm
from letters.models import Delivery, Letter, Reply
from letters.models.editions import long_in
from letters.views.delivering import may_run, seen
from letters.views.noting import kept_file

SAFE_OR_POST = ["GET", "HEAD", "POST"]


def _run(request, slug, number):
    replies = Reply.objects.filter(letter__in=Letter.objects.run_by(request.user)).select_related("letter__campaign")
    return get_object_or_404(replies.without_files(), letter__slug=slug, number=number)


@require_safe
def kept_replies(request, slug):
    """All of them for who runs the letter; for the others in the team those that everybody can read."""
    letter = seen(request, slug)
    runs = may_run(request, letter)
    found = letter.replies.without_files().select_related("delivery__edition")
    found = found.defer("file", "delivery__proof", *long_in("delivery__edition"))
    context = {
        "letter": letter,
        "may_run": runs,
        "replies": found if runs else found.public(),
        "has_editions": letter.editions.exists(),
        "with_files": set(letter.replies.exclude(file="").values_list("pk", flat=True)),
    }
    return render(request, "letters/kept_replies.html", context)


@sensitive_post_parameters()
@require_http_methods(SAFE_OR_POST)
def enter_reply(request, slug):
    """To one delivery, if the address names it, or to the letter."""
    letter = get_object_or_404(Letter.objects.run_by(request.user).public().select_related("campaign"), slug=slug)
    delivery = _replied_to(request, letter)
    initial = {"by_whom": emails.named(delivery.recipient_signed)} if delivery else {}
    form = ReplyForm(*_posted(request), initial=initial)
    if form.is_valid():
        services.enter_reply(letter, services.Received(**form.cleaned_data), by=request.user, delivery=delivery)
        messages.success(request, _("The reply is kept. Nobody outside your team sees it until you publish it."))
        return redirect("letters:kept_replies", slug=slug)
    return render(request, "letters/reply.html", {"letter": letter, "form": form, "delivery": delivery})


@sensitive_post_parameters()
@require_http_methods(SAFE_OR_POST)
def change_reply(request, slug, number):
    reply = _run(request, slug, number)
    has_file = Reply.objects.filter(pk=reply.pk).exclude(file="").exists()
    initial = {name: getattr(reply, name) for name in ("by_whom", "received_on", "words")}
    form = ReplyForm(*_posted(request), initial=initial, has_file=has_file)
    if form.is_valid():
        services.change_reply(reply, services.Received(**form.cleaned_data), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("letters:kept_replies", slug=slug)
    return render(request, "letters/reply.html", {"letter": reply.letter, "form": form, "reply": reply})


@require_POST
def publish_reply(request, slug, number):
    try:
        services.publish_reply(_run(request, slug, number), by=request.user)
    except services.NothingToShow:
        messages.error(request, _("There is nothing to publish: what it said is not kept any more. Enter it again."))
    else:
        messages.success(request, _("Published: the reply stands on the letter’s page."))
    return redirect("letters:kept_replies", slug=slug)


@require_POST
def hide_reply(request, slug, number):
    services.hide_reply(_run(request, slug, number), by=request.user)
    messages.success(request, _("Taken off the letter’s page. Your team keeps it."))
    return redirect("letters:kept_replies", slug=slug)


@require_safe
def kept_reply(request, slug, number):
    """The file of a reply; always to be saved, never shown here."""
    reply = _run(request, slug, number)
    return kept_file(services.decoded(reply.file), f"{slug}-reply-{reply.number}.pdf", "application/pdf")


def _replied_to(request, letter):
    pk = request.GET.get("delivery", "")
    if not pk:
        return None
    if not pk.isdecimal():
        raise Http404
    rows = Delivery.objects.light()
    return get_object_or_404(rows, edition__letter=letter, pk=pk[:18])


def _posted(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
