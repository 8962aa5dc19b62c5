"""The desk: to whom an edition goes, and preparing a delivery."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.models.campaigns import RUNNING
from letters import emails, services
from letters.forms import DeliveryForm
from letters.models import Delivery, Edition, Letter
from letters.models.deliveries import FOLLOW_UP_DAYS
from letters.services import covering, deliveries, delivering

SAFE_OR_POST = ["GET", "HEAD", "POST"]
PREPARE = "letters/prepare_delivery.html"
Channel, Status = Delivery.Channel, Delivery.Status


def seen(request, slug):
    return get_object_or_404(Letter.objects.seen_by(request.user).select_related("campaign"), slug=slug)


def may_run(request, letter):
    return Letter.objects.run_by(request.user).filter(pk=letter.pk).exists()


def runners(letter):
    """Who in the team may release what goes out."""
    return letter.campaign.memberships.filter(role__in=RUNNING)


def one_of(letters, slug, pk):
    """A delivery of one of these letters."""
    rows = Delivery.objects.light().select_related("prepared_by", "released_by")
    return get_object_or_404(rows, edition__letter__in=letters, edition__letter__slug=slug, pk=pk)


def run(request, slug, pk):
    return one_of(Letter.objects.run_by(request.user), slug, pk)


@require_safe
def deliver(request, slug):
    """Each recipient of the newest edition, and the next step; older editions below."""
    letter = seen(request, slug)
    shown = deliveries.standing(letter)
    for one in shown:
        for line in one.lines:
            if one is shown[0] or line.waiting or line.came_back or line.to_follow_up:
                line.step = _next_step(one.edition, line)
    context = {
        "letter": letter,
        "may_run": may_run(request, letter),
        "newest": shown[0] if shown else None,
        "older": [one for one in shown[1:] if one.is_begun],
        "is_being_set": bool(shown) and deliveries.is_being_set(shown[0].edition),
        "waits": deliveries.waiting_in(shown),
        "channels": Channel.choices,
        "replies": letter.replies.count(),
    }
    return render(request, "letters/deliver.html", context)


@require_safe
def delivery(request, slug, pk):
    """Everything that is known of one; addresses and what the recipient said only for who runs the letter."""
    found = one_of(Letter.objects.seen_by(request.user), slug, pk)
    letter = found.edition.letter
    context = {
        "letter": letter,
        "delivery": found,
        "recipient": found.recipient_signed,
        "may_run": may_run(request, letter),
        "named": emails.named(found.recipient_signed),
        "has_proof": Delivery.objects.filter(pk=found.pk).exclude(proof="").exists(),
        "is_to_follow_up": deliveries.is_to_follow_up(found),
        "has_papers": covering.has_papers(found),
        "replies": found.replies.without_files(),
        "is_other_address": found.email.lower() != found.recipient_signed["email"].lower(),
    }
    return render(request, "letters/delivery.html", context)


@require_http_methods(SAFE_OR_POST)
def prepare_delivery(request, slug, number, place):
    """What goes to one recipient, by the channel in the address; "again" is a delivery that came back."""
    letters = Letter.objects.run_by(request.user)
    related = Edition.objects.light().select_related("letter__campaign", "revision").defer("revision__canonical")
    edition = get_object_or_404(related, letter__in=letters, letter__slug=slug, number=number)
    if place >= len(edition.revision.recipients):
        raise Http404
    channel = _channel(request.POST.get("channel") or request.GET.get("channel", Channel.EMAIL))
    came_back = _again(request, edition, place)
    if other := request.POST.get("switch"):
        other = _channel(other)
        form = _form(None, edition, place, other, _typed_for(other, request.POST, edition, place, channel))
        return render(request, PREPARE, _around(request, edition, place, form) | {"again": came_back})
    initial = _as_it_was(came_back) if came_back else _to_begin_with(edition, place, channel)
    form = _form(request, edition, place, channel, initial)
    if form.is_valid():
        try:
            made = services.prepare_delivery(edition, place, services.Parcel(**form.parcel()), by=request.user)
        except services.AlreadyDelivering as other:
            messages.info(request, _("There is one by this channel already: this is it."))
            return redirect("letters:delivery", slug=slug, pk=other.standing.pk)
        except services.NotDeliverable:
            form.add_error("document", _("This document cannot be delivered any more. Choose another."))
        else:
            return redirect("letters:release_delivery", slug=slug, pk=made.pk)
    return render(request, PREPARE, _around(request, edition, place, form) | {"again": came_back})


@require_http_methods(SAFE_OR_POST)
def change_delivery(request, slug, pk):
    found = run(request, slug, pk)
    if found.status != Status.PREPARED:
        return too_late(request, found)
    edition, place = found.edition, found.recipient
    form = _form(request, edition, place, found.channel, _as_it_was(found) | {"known": found.touched_at.isoformat()})
    if form.is_valid():
        known = _known(form.cleaned_data["known"]) or found.edition.frozen_at
        try:
            services.change_delivery(found, services.Parcel(**form.parcel()), by=request.user, known=known)
        except services.ChangedSince:
            messages.error(request, _("Somebody else changed it meanwhile, so yours is not saved. This is how it is."))
            return redirect("letters:delivery", slug=slug, pk=pk)
        except services.NotDeliverable:
            form.add_error("document", _("This document cannot be delivered any more. Choose another."))
        else:
            return redirect("letters:release_delivery", slug=slug, pk=pk)
    return render(request, PREPARE, _around(request, edition, place, form) | {"delivery": found})


@require_POST
def cancel_delivery(request, slug, pk):
    found = run(request, slug, pk)
    try:
        is_certain = services.cancel_delivery(found, by=request.user)
    except services.OnItsWay:
        messages.error(request, _("Its mail is being sent at this moment, or has gone out. Look again in a minute."))
    except services.ForbiddenMove:
        return too_late(request, found)
    else:
        tried = _(
            "Cancelled: the mail is not tried again. An attempt before had broken off; if the recipient has it all the"
            " same, prepare a delivery by another way and note there that it arrived."
        )
        messages.success(request, _("Cancelled: nothing goes out.") if is_certain else tried)
        return redirect("letters:deliver", slug=slug)
    return redirect("letters:delivery", slug=slug, pk=pk)


def too_late(request, found):
    messages.error(request, _("Not possible any more: somebody else was faster. This is how it stands now."))
    return redirect("letters:delivery", slug=found.edition.letter.slug, pk=found.pk)


def _next_step(edition, line):
    """What somebody does next for a recipient: a label, an address, and whether it is pressing."""
    slug, waiting, back = edition.letter.slug, line.waiting, line.came_back
    if waiting and waiting.status == Status.PREPARED:
        return _("Look at it and release it"), reverse("letters:release_delivery", args=[slug, waiting.pk]), True
    if waiting and not waiting.is_mail:
        return _("Note that it was delivered"), reverse("letters:hand_over", args=[slug, waiting.pk]), True
    if waiting:
        return _("See how far it is"), reverse("letters:delivery", args=[slug, waiting.pk]), False
    prepare = reverse("letters:prepare_delivery", args=[slug, edition.number, line.place])
    if back:
        return _("Prepare it again"), f"{prepare}?channel={back.channel}&again={back.pk}", True
    if not line.deliveries or not line.is_delivered:
        return _("Prepare the delivery"), prepare, True
    if due := line.to_follow_up:
        return _("Follow it up"), reverse("letters:delivery", args=[slug, due[0].pk]), True
    newest = next(one for one in line.deliveries if one.status in (Status.SENT, Status.ACKNOWLEDGED))
    return _("See what came of it"), reverse("letters:delivery", args=[slug, newest.pk]), False


def _form(request, edition, place, channel, initial):
    return DeliveryForm(
        request.POST if request and request.method == "POST" else None,
        channel=channel,
        offered=delivering.documents(edition, place),
        has_address=edition.is_open,
        initial=initial,
    )


def _channel(asked):
    if asked not in Channel.values:
        raise Http404
    return asked


def _typed_for(channel, typed, edition, place, before):
    """What was typed while the delivery was to go by the channel `before`; the note that stood there to begin with is
    put in the words of this one."""
    first = _to_begin_with(edition, place, channel)
    kept = {name: typed[name] for name in DeliveryForm.base_fields if name in typed}
    if " ".join(kept.get("note", "").split()) == " ".join(_to_begin_with(edition, place, before)["note"].split()):
        kept["note"] = first["note"]
    return first | kept


def _set_aside(typed, form):
    """What was typed for another channel, which does not ask for it, to be there again when one comes back to it."""
    return [(name, typed[name]) for name in DeliveryForm.base_fields if name in typed and name not in form.fields]


def _around(request, edition, place, form):
    newest = edition.letter.editions.light().order_by("-number").first()
    standing = edition.deliveries.standing().filter(recipient=place).without_files()
    return {
        "letter": edition.letter,
        "edition": edition,
        "newest": newest if newest != edition else None,
        "recipient": edition.revision.recipients[place],
        "place": place,
        "channel": form.channel,
        "channels": Channel.choices,
        "set_aside": _set_aside(request.POST, form),
        "taken": {one.channel: one for one in standing},
        "form": form,
        "offered": delivering.documents(edition, place),
    }


def _known(typed):
    """The moment that the form brought along; None if it is none: then it is not as it was shown."""
    try:
        return parse_datetime(typed)
    except ValueError:
        return None


def _again(request, edition, place):
    """The delivery to the same recipient that came back, which is done once more."""
    pk = request.GET.get("again", "")
    if not pk.isdecimal():
        return None
    rows = edition.deliveries.without_files().filter(status=Status.BOUNCED, recipient=place)
    return rows.filter(pk=pk[:18]).first()


def _to_begin_with(edition, place, channel):
    language = edition.revision.authentic["language"]
    recipient, campaign = edition.revision.recipients[place], edition.letter.campaign
    with translation.override(emails.spoken(language)):
        subject = emails.subject_of(edition.revision.authentic["title"])
        note = emails.cover_note(edition, recipient, language, channel)
    has_copy = any(not one.is_public for one in delivering.documents(edition, place))
    return {
        "email": recipient["email"],
        "from_name": campaign.name[:100],
        "reply_to": campaign.contact_email,
        "subject": subject,
        "note": note,
        "document": "" if has_copy else f"{language}:public",  # who gets which is for somebody to decide
        "follow_up_days": FOLLOW_UP_DAYS,
    }


def _as_it_was(found):
    parts = ("email", "from_name", "reply_to", "subject", "note", "follow_up_days")
    return {
        **{part: getattr(found, part) for part in parts},
        "document": f"{found.language}:{found.variant}",
        "attached": "file" if found.is_attached else "link",
    }
