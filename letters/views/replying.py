"""The desk: what recipients have replied."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms import SOMEBODY_WAS_FASTER
from config import uploads
from letters import emails, services
from letters.forms import ReplyForm
from letters.forms.files import LARGEST_FILE
from letters.models import Delivery, Letter, Reply
from letters.models.editions import long_in
from letters.services import deliveries, replying
from letters.views.delivering import may_run, runners, seen
from letters.views.noting import kept_file

SAFE_OR_POST = ["GET", "HEAD", "POST"]


def _run(request, slug, number):
    replies = Reply.objects.filter(letter__in=Letter.objects.run_by(request.user)).select_related("letter__campaign")
    return get_object_or_404(replies.without_files(), letter__slug=slug, number=number)


@require_safe
def kept_replies(request, slug):
    """All of them for who runs the letter; for the others in the team those that everybody can read."""
    letter = seen(request, slug)
    runs, is_published = may_run(request, letter), _is_published(letter)
    found = letter.replies.without_files().select_related("delivery__edition")
    found = found.defer("file", "delivery__proof", *long_in("delivery__edition"))
    if not runs:
        found = found.public() if is_published else found.none()
    context = {
        "letter": letter,
        "may_run": runs,
        "is_published": is_published,
        "replies": found,
        "waiting": {one.pk for one in found if replying.needs_other(one, request.user)},
        "has_others": runners(letter).exclude(user=request.user).exists(),
        "has_editions": letter.editions.exists(),
        "with_files": set(letter.replies.exclude(file="").values_list("pk", flat=True)),
    }
    return render(request, "letters/kept_replies.html", context)


@uploads.up_to(LARGEST_FILE)
@sensitive_post_parameters()
@require_http_methods(SAFE_OR_POST)
def enter_reply(request, slug):
    """To one delivery, which the address may name, or to the letter."""
    letter = get_object_or_404(Letter.objects.run_by(request.user).public().select_related("campaign"), slug=slug)
    delivery = _replied_to(request, letter)
    offered = _offered(letter, delivery and delivery.pk)
    initial = {"by_whom": emails.named(delivery.recipient_signed), "delivery": delivery.pk} if delivery else {}
    form = ReplyForm(*_posted(request), initial=initial, deliveries=_in_words(offered))
    if form.is_valid():
        services.enter_reply(letter, by=request.user, **_received(form, offered))
        messages.success(request, _("The reply is kept. Nobody outside your team sees it until you publish it."))
        return redirect("letters:kept_replies", slug=slug)
    return render(request, "letters/reply.html", {"letter": letter, "form": form})


@uploads.up_to(LARGEST_FILE)
@sensitive_post_parameters()
@require_http_methods(SAFE_OR_POST)
def change_reply(request, slug, number):
    reply = _run(request, slug, number)
    form, offered = _change_form(request, reply)
    if form.is_valid():
        try:
            changed = services.change_reply(reply, by=request.user, **_received(form, offered))
        except services.ChangedSince:  # at this very moment: the form as it is asked now has both
            reply = _run(request, slug, number)
            form, offered = _change_form(request, reply)
            if form.is_valid():  # what has changed is what was typed
                form.add_error(None, SOMEBODY_WAS_FASTER)
        else:
            is_hidden = reply.is_public and not changed.is_public
            hidden = _("Saved, and off the letter’s page until another owner or coordinator publishes it again.")
            messages.success(request, hidden if is_hidden else _("Saved."))
            return redirect("letters:kept_replies", slug=slug)
    context = {"letter": reply.letter, "form": form, "reply": reply, "needs_second": replying.needs_second(reply)}
    context["is_published"] = _is_published(reply.letter)
    return render(request, "letters/reply.html", context)


def _change_form(request, reply):
    has_file = Reply.objects.filter(pk=reply.pk).exclude(file="").exists()
    offered = _offered(reply.letter, reply.delivery_id)
    initial = {name: getattr(reply, name) for name in ("by_whom", "received_on", "words")}
    initial["delivery"] = reply.delivery_id
    said = {"initial": initial, "kept": True, "has_file": has_file, "deliveries": _in_words(offered)}
    return ReplyForm(*_posted(request), **said), offered


@require_POST
def publish_reply(request, slug, number):
    """As it was when the page was shown: what somebody has changed since has to be read first."""
    reply = _run(request, slug, number)
    if request.POST.get("seen") != reply.touched_at.isoformat() and not reply.is_public:
        return _changed_since(request, slug)
    try:
        services.publish_reply(reply, by=request.user)
    except services.ChangedSince:
        return _changed_since(request, slug)
    except services.SecondPersonNeeded:
        words = _("Not published: somebody else than who entered it, or changed it last, has to do that.")
        messages.error(request, words)
    except services.NothingToShow:
        messages.error(request, _("There is nothing to publish: what it said is not kept any more. Enter it again."))
    else:
        there = _("Published: the reply stands on the letter’s page.")
        later = _("Noted: it will stand on the letter’s page once the letter is published.")
        messages.success(request, there if _is_published(reply.letter) else later)
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


def _changed_since(request, slug):
    messages.error(request, _("Not done: somebody else has changed the reply meanwhile. Read what it says now."))
    return redirect("letters:kept_replies", slug=slug)


def _is_published(letter):
    return letter.publications.public().exists()


def _offered(letter, also):
    return {one.pk: one for one in deliveries.to_reply_to(letter, also or 0)}


def _in_words(offered):
    said = _("%(whom)s: %(channel)s, edition %(number)s")
    return [
        (
            pk,
            said
            % {
                "whom": emails.named(one.recipient_signed),
                "channel": one.get_channel_display().lower(),
                "number": one.edition.number,
            },
        )
        for pk, one in offered.items()
    ]


def _received(form, offered):
    """What was typed, as the services take it."""
    said = dict(form.cleaned_data)
    return {"delivery": offered.get(said.pop("delivery")), "received": services.Received(**said)}


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
