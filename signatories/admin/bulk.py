"""The same decision on many signatories: a page that says what will happen, then doing it."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import ngettext

from signatories import services
from signatories.admin import declining
from signatories.admin.decisions import KINDS, shown_at
from signatories.admin.glance import glances
from signatories.models import Opinion, Question, Signatory

AT_ONCE = 200  # what a person can be said to have looked at; and forms have a limit of fields

# Doubles are left out: each needs a look at both.
MOVABLE = {
    "approve": [Signatory.Status.CONFIRMED],
    "release": [Signatory.Status.PENDING],
}


def decide(site, request, chosen, name):
    """Answer the admin action `name` on the queryset `chosen`: None sends back to the queue, else the confirm page."""
    if name == "decline":
        return declining.decide(site, request, chosen)
    if "sure" in request.POST:
        _do(request, chosen, name)
        return None
    began = timezone.now()
    total = chosen.count()
    shown = list(chosen[:AT_ONCE])
    found = glances(shown)
    asked = _asked(shown) if name == "approve" else set()  # each is decided on its own page, which says so
    first = services.first_only(shown, by=request.user) if name == "approve" else set()
    rows = [
        {"signatory": one, "glance": found[one.pk], "moves": one.pk not in asked and _moves(one, name)}
        | {"is_asked": one.pk in asked}
        for one in shown
    ]
    moved = sum(row["moves"] for row in rows)
    noted = sum(row["moves"] and row["signatory"].pk in first for row in rows)
    written_to = _written_to([one.pk for one in shown], name)
    mails = sum(row["moves"] and row["signatory"].pk in written_to - first for row in rows)
    context = {
        **site.each_context(request),
        "title": KINDS[name].title,
        "opts": Signatory._meta,
        "shown_at": began.isoformat(),
        "kind": KINDS[name],
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "rows": rows,
        "moved": moved,
        "mails": mails,
        "unwritten": moved - noted - mails,
        "noted": noted,
        "staying": len(rows) - moved,
        "left_over": total - len(rows),
    }
    return TemplateResponse(request, "admin/signatories/signatory/bulk.html", context)


def _written_to(keys, name):
    """The keys of those among them to whom a mail goes: on the text of another substance only once they agree anew."""
    theirs = Signatory.objects.filter(pk__in=keys).exclude(contact_email="")
    return set((theirs.agreed() if name == "approve" else theirs).order_by().values_list("pk", flat=True))


def _moves(signatory, name):
    return signatory.status in MOVABLE[name] and (name != "release" or signatory.is_held)


def _asked(signatories):
    """The keys of those with an open question."""
    return set(Question.objects.open().filter(signatory__in=signatories).values_list("signatory", flat=True))


def _do(request, chosen, name):
    """Move those of the page that can still be moved, and say how many were not."""
    asked = request.POST.getlist(ACTION_CHECKBOX_NAME)[:AT_ONCE]
    started = timezone.now()
    movable = Signatory.objects.filter(pk__in=chosen.order_by().values("pk"), status__in=MOVABLE[name])
    movable = movable.filter(pk__in=asked)  # "all of the list" may have grown since the page was shown
    if name == "approve":
        movable = movable.exclude(questions__in=Question.objects.open())
        moved = services.approve(movable, by=request.user, shown_at=shown_at(request.POST))
    else:
        moved = services.release(movable, by=request.user)
    decided = _decided(name, by=request.user, since=started).vetted_by(request.user).filter(pk__in=asked)
    LogEntry.objects.log_actions(request.user.pk, decided, CHANGE, change_message=KINDS[name].logged)
    if moved:
        mails = len(_written_to([one.pk for one in decided], name))
        messages.success(request, _done(name, moved, mails) % {"n": moved, "told": mails})
    noted = _noted(asked, by=request.user, since=started) if name == "approve" else 0
    if noted:
        words = ngettext(
            "The approval of %(n)d is noted: another vetter has to approve it too.",
            "The approval of %(n)d is noted: another vetter has to approve them too.",
            noted,
        )
        messages.success(request, words % {"n": noted})
    if missed := len(asked) - moved - noted:
        told = ngettext(
            "%(n)d was left as it is: somebody else decided on it in the meantime.",
            "%(n)d were left as they are: somebody else decided on them in the meantime.",
            missed,
        )
        messages.warning(request, told % {"n": missed})


def _decided(name, by, since):
    if name == "release":
        return Signatory.objects.filter(released_at__gte=since)
    return Signatory.objects.filter(status=Signatory.Status.LISTED, decided_by=by, decided_at__gte=since)


def _noted(keys, by, since):
    """How many of them wait for a second vetter now, who did not before or do still."""
    mine = Opinion.objects.open().approving().filter(signatory__in=keys, by=by, given_at__gte=since)
    return mine.count()


def _done(name, moved, told):
    if name == "approve" and told < moved:
        return ngettext(
            "%(n)d listed. E-mails go to %(told)d: the other has no address, or has to agree to the text in force"
            " first.",
            "%(n)d listed. E-mails go to %(told)d: the others have no address, or have to agree to the text in force"
            " first.",
            moved - told,
        )
    if name == "approve":
        return ngettext(
            "%(n)d listed. The contact is told by e-mail.", "%(n)d listed. The contacts are told by e-mail.", moved
        )
    return ngettext(
        "%(n)d let through. The contact is asked to confirm.",
        "%(n)d let through. The contacts are asked to confirm.",
        moved,
    )
