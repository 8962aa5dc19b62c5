"""What waits for a vetter, on the front page of the desk."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories.admin import sheet
from signatories.admin.filters import AGES, aged
from signatories.models import Opinion, Signatory

A_WEEK = timedelta(days=7)
LOOKED_AT = 500  # failed mails, the newest first
A_KEY = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"  # one bad row is no reason to show no front page
TO_CONTACTS = [kind for kind in sheet.MAILS if kind.startswith("signatories.")]


def by_letter(request):
    """Letters with somebody to check, the one with the oldest first."""
    if not request.user.is_vetter:
        return None
    counts = _waiting(request).values("letter").annotate(n=Count("pk"), oldest=Min("since")).order_by("oldest")
    letters = Letter.objects.prefetch_related("texts").in_bulk([row["letter"] for row in counts])
    items = [
        {
            "url": _queue(letter=row["letter"]),
            "label": str(letters[row["letter"]]),
            "age": timesince(row["oldest"], depth=1),
            "why": ngettext("%(n)d to check", "%(n)d to check", row["n"]) % {"n": row["n"]},
        }
        for row in counts
    ]
    return {"title": _("To check, by letter"), "url": _queue(), "items": items, "empty": _("Nothing to check.")}


def by_age(request):
    """How many wait for how long."""
    if not request.user.is_vetter:
        return None
    now = timezone.now()
    counts = _waiting(request).aggregate(**{age: Count("pk", filter=Q(**aged(age, now))) for age in AGES})
    items = []
    for age, n in counts.items():
        if n:
            said = {"n": n, "age": AGES[age][0]}
            waiting = ngettext("%(n)d waiting for %(age)s", "%(n)d waiting for %(age)s", n) % said
            items.append({"url": _queue(age=age), "label": waiting})
    return {"title": _("To check, by age"), "url": _queue(), "items": items, "empty": _("Nothing to check.")}


def held(request):
    """What was taken and is held, by reason: a burst to look at."""
    if not request.user.is_vetter:
        return None
    counts = _mine(request).held().order_by().values("held_because").annotate(n=Count("pk")).order_by("-n")
    cohorts = reverse("admin:signatories_invalidation_changelist")
    items = [
        {
            "url": cohorts,
            "label": Signatory.HeldBecause(row["held_because"]).label,
            "why": ngettext("%(n)d held", "%(n)d held", row["n"]) % {"n": row["n"]},
        }
        for row in counts
    ]
    return {"title": _("Held, without a mail"), "url": cohorts, "items": items, "empty": _("Nothing is held.")}


def refused(request):
    """Mailboxes that have answered in the last week that they never asked: somebody signs in others' names."""
    if not request.user.vets_everywhere:  # the journal knows no campaigns, and the list of addresses has none
        return None
    entries = JournalEntry.objects.filter(verb="refused", at__gt=timezone.now() - A_WEEK).order_by("-at")
    items = [
        {
            "url": reverse("admin:signatories_signatory_change", args=[entry.subject_id]),
            "label": _("Reference %(reference)s") % {"reference": entry.subject_id[:8].upper()},
            "age": timesince(entry.at, depth=1),
        }
        for entry in entries[:5]
    ]
    title = _("“We did not ask for this”, in the last week: %(n)d") % {"n": entries.count()}
    url = reverse("admin:campaigns_suppression_changelist")
    return {"title": title, "url": url, "items": items, "empty": _("Nobody has said so.")}


def doubted(request):
    """Sign-ons that a second contact calls wrong, and that still stand."""
    if not request.user.is_vetter:
        return None
    wrong = _mine(request).live().doubted().select_related("second_contact").order_by("second_contact__answered_at")
    items = [_one(one, one.second_contact.answered_at) for one in wrong[:20]]
    return {"title": _("“Nobody was entitled to sign for us”"), "url": _queue(), "items": items, "empty": _("None.")}


def answered(request):
    """Answers to vetters' questions that nobody has decided on since."""
    if not request.user.is_vetter:
        return None
    rows = _mine(request).real().live().answered().order_by("pk").prefetch_related("questions")
    found = [(one, max(q.answered_at for q in one.questions.all() if q.answered_at)) for one in rows[:20]]
    items = [_one(one, at) for one, at in sorted(found, key=lambda pair: pair[1])]
    return {"title": _("Answers to questions"), "url": _queue(), "items": items, "empty": _("None.")}


def seconds(request):
    """Sign-ons on which another vetter asks for an opinion."""
    if not request.user.is_vetter:
        return None
    asked = Opinion.objects.open().asking().exclude(by=request.user).filter(signatory__in=_mine(request).real())
    rows = list(asked.select_related("signatory")[:20])
    items = [_one(one.signatory, one.given_at) for one in rows]
    return {"title": _("A second opinion is asked for"), "url": _queue(second="asked"), "items": items} | {
        "empty": _("None.")
    }


def bounced(request):
    """Sign-ons to whose mailbox a mail could not be delivered: nobody there will hear of a decision."""
    if not request.user.is_vetter:
        return None
    failed = Mail.objects.failed().filter(kind__in=TO_CONTACTS, about_id__regex=A_KEY).order_by("-created_at")
    mails = list(failed.defer("to", "data")[:LOOKED_AT])
    rows = _mine(request).real().in_bulk([UUID(mail.about_id) for mail in mails])
    found = [(rows[UUID(mail.about_id)], mail) for mail in mails if UUID(mail.about_id) in rows]
    items = [_one(one, mail.created_at) | {"why": mail.error} for one, mail in found[:20]]
    return {"title": _("Mails to signatories that came back"), "url": _queue(state="all"), "items": items} | {
        "empty": _("None came back.")
    }


def _one(signatory, at):
    return {
        "url": reverse("admin:signatories_signatory_change", args=[signatory.pk]),
        "label": signatory.line.name,
        "age": timesince(at or signatory.signed_at, depth=1),
    }


def _mine(request):
    return Signatory.objects.vetted_by(request.user)


def _waiting(request):
    return _mine(request).awaiting_vetting().annotate(since=Coalesce("confirmed_at", "signed_at")).order_by()


def _queue(**chosen):
    address = reverse("admin:signatories_signatory_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address
