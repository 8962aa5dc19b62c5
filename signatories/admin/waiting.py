"""What waits for a vetter, on the front page of the desk."""

from urllib.parse import urlencode

from django.db.models import Count, Min
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.models import Letter
from signatories.admin.filters import AGES, aged
from signatories.models import Signatory


def by_letter(request):
    """Letters with somebody to check, the one with the oldest first."""
    if not request.user.has_perm("signatories.vet_signatory"):
        return None
    counts = _waiting().values("letter").annotate(n=Count("pk"), oldest=Min("since")).order_by("oldest")
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
    if not request.user.has_perm("signatories.vet_signatory"):
        return None
    now = timezone.now()
    items = []
    for age, (label, _older, _younger) in AGES.items():
        if n := _waiting().filter(**aged(age, now)).count():
            waiting = ngettext("%(n)d waiting for %(age)s", "%(n)d waiting for %(age)s", n) % {"n": n, "age": label}
            items.append({"url": _queue(age=age), "label": waiting})
    return {"title": _("To check, by age"), "url": _queue(), "items": items, "empty": _("Nothing to check.")}


def _waiting():
    return Signatory.objects.awaiting_vetting().annotate(since=Coalesce("confirmed_at", "signed_at")).order_by()


def _queue(**chosen):
    address = reverse("admin:signatories_signatory_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address
