"""Declining many: a page that says who, on which letters, with how many mails; then doing that and nothing else."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import signing
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.models import Letter
from signatories import services
from signatories.admin.decisions import KINDS
from signatories.admin.forms import DeclineForm
from signatories.models import Signatory
from signatories.services import cohorts
from signatories.services.declining import AT_MOST, MAILS_WAIT, MOVABLE

SAMPLES = 12
STAYS_GOOD = 2 * 60 * 60  # seconds between looking and deciding


def decide(site, request, chosen):
    """Answer the admin's action on the queryset `chosen`. Whoever comes into it after the first look is not touched."""
    seen = _opened(request)
    form = DeclineForm(request.POST if seen else None)
    if form.is_valid():
        return _decline(request, seen, form.cleaned_data)
    if "sure" in request.POST and not seen:
        messages.warning(request, _("Nothing was changed: you looked at them too long ago. Look again."))
    total = chosen.count()
    seen = seen or _seen(chosen)
    context = {
        **site.each_context(request),
        "title": KINDS["decline"].title,
        "opts": Signatory._meta,
        "checkbox": ACTION_CHECKBOX_NAME,
        "form": form,
        "sealed": _sealed(request, seen),
        "moved": len(seen),
        "others": total - len(seen),
        "most": AT_MOST,
        "wait": MAILS_WAIT.total_seconds() // 60,
        **_about(seen),
    }
    return TemplateResponse(request, "admin/signatories/signatory/decline.html", context)


def _seen(chosen):
    """Key and status of those who can be declined, in the order of the queue."""
    return dict(chosen.filter(status__in=MOVABLE).values_list("pk", "status")[:AT_MOST])


def _sealed(request, seen):
    """In one field of a form: it has a limit of fields. Signed for this vetter: what was seen is what is done."""
    keys = {status: [pk.hex for pk in seen if seen[pk] == status] for status in set(seen.values())}
    return signing.dumps(keys, salt=_salt(request), compress=True)


def _opened(request):
    try:
        keys = signing.loads(request.POST.get("sealed", ""), salt=_salt(request), max_age=STAYS_GOOD)
    except signing.BadSignature:
        return {}
    return {UUID(pk): status for status, some in keys.items() for pk in some}


def _salt(request):
    return f"signatories.decline {request.user.pk}"


def _about(seen):
    """Which letters lose how many, how many mails are written, and some of the lines."""
    letters: Counter[int] = Counter()
    mails, listed = 0, Counter(seen.values())[Signatory.Status.LISTED]
    rows = Signatory.objects.filter(pk__in=seen).order_by().values("letter")
    counts = rows.annotate(number=Count("pk"), mails=Count("pk", filter=~Q(contact_email="")))
    for row in counts:
        letters[row["letter"]] = row["number"]
        mails += row["mails"]
    found = Letter.objects.prefetch_related("texts").in_bulk(list(letters))
    keys = list(seen)
    step = max(1, len(keys) / SAMPLES)
    shown = [keys[int(n * step)] for n in range(min(SAMPLES, len(keys)))]
    samples = Signatory.objects.in_bulk(shown)
    for one in samples.values():
        one.letter = found[one.letter_id]
    by_letter = [(found[pk], number) for pk, number in letters.most_common()]
    return {
        "letters": by_letter,
        "mails": mails,
        "listed": listed,
        "samples": [samples[pk] for pk in shown if pk in samples],
    }


def _decline(request, seen, answers):
    allowed: dict[UUID, str] = {}  # a campaign may have another vetter since
    for some in cohorts.batches(seen):
        mine = Signatory.objects.vetted_by(request.user).filter(pk__in=some)
        allowed |= {pk: seen[pk] for pk in mine.values_list("pk", flat=True)}
    made = services.decline_together(allowed, reason=answers["reason"], note=answers["note"], by=request.user)
    moved = sum(cohort.number for cohort in made)
    rows = Signatory.objects.filter(invalidated__invalidation__in=made).only("pk")
    LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, change_message=KINDS["decline"].logged)
    if moved:
        messages.success(request, _done(moved))
    if missed := len(seen) - moved:
        words = ngettext(
            "%(n)d was left as it is: somebody else decided on it in the meantime.",
            "%(n)d were left as they are: somebody else decided on them in the meantime.",
            missed,
        )
        messages.warning(request, words % {"n": missed})
    if len(made) == 1:
        return redirect("admin:signatories_invalidation_see", made[0].pk)
    return redirect("admin:signatories_invalidation_changelist") if made else None


def _done(moved):
    words = ngettext(
        "%(n)d not accepted. The e-mail goes out in %(minutes)d minutes, unless you put it back before.",
        "%(n)d not accepted. The e-mails go out in %(minutes)d minutes, unless you put them back before.",
        moved,
    )
    return words % {"n": moved, "minutes": MAILS_WAIT.total_seconds() // 60}
