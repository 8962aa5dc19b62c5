"""The same decision on many signatories: a page that says what will happen, then doing it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import ngettext

from signatories import services
from signatories.admin.decisions import KINDS
from signatories.admin.forms import DeclineForm
from signatories.admin.glance import glances
from signatories.models import Signatory

AT_ONCE = 200  # what a person can be said to have looked at; and forms have a limit of fields

# Doubles are left out: each needs a look at both.
MOVABLE = {"approve": [Signatory.Status.CONFIRMED], "decline": [Signatory.Status.CONFIRMED, Signatory.Status.LISTED]}
OUTCOME = {"approve": Signatory.Status.LISTED, "decline": Signatory.Status.DECLINED}


def decide(site, request, chosen, name):
    """Answer the admin action `name` on the queryset `chosen`: None sends back to the queue, else the confirm page."""
    form = _form(name, request.POST if "sure" in request.POST else None)
    if form.is_valid():
        _do(request, chosen, name, form.cleaned_data)
        return None
    total = chosen.count()
    shown = list(chosen[:AT_ONCE])
    found = glances(shown)
    rows = [{"signatory": one, "glance": found[one.pk], "moves": one.status in MOVABLE[name]} for one in shown]
    moved = sum(row["moves"] for row in rows)
    context = {
        **site.each_context(request),
        "title": KINDS[name].title,
        "opts": Signatory._meta,
        "kind": KINDS[name],
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "form": form,
        "rows": rows,
        "moved": moved,
        "staying": len(rows) - moved,
        "left_over": total - len(rows),
    }
    return TemplateResponse(request, "admin/signatories/signatory/bulk.html", context)


def _form(name, data):
    return DeclineForm(data) if name == "decline" else forms.Form(data)


def _do(request, chosen, name, answers):
    """Move those of the page that can still be moved, and say how many were not."""
    asked = request.POST.getlist(ACTION_CHECKBOX_NAME)[:AT_ONCE]
    started = timezone.now()
    movable = Signatory.objects.filter(pk__in=chosen.order_by().values("pk"), status__in=MOVABLE[name])
    movable = movable.filter(pk__in=asked)  # "all of the list" may have grown since the page was shown
    if name == "approve":
        moved = services.approve(movable, by=request.user)
    else:
        moved = services.decline(movable, by=request.user, reason=answers["reason"], note=answers["note"])
    decided = Signatory.objects.filter(pk__in=asked, status=OUTCOME[name], decided_by=request.user)
    LogEntry.objects.log_actions(
        request.user.pk, decided.filter(decided_at__gte=started), CHANGE, change_message=KINDS[name].logged
    )
    if moved:
        messages.success(request, _done(name, moved) % {"n": moved})
    if missed := len(asked) - moved:
        told = ngettext(
            "%(n)d was left as it is: somebody else decided on it in the meantime.",
            "%(n)d were left as they are: somebody else decided on them in the meantime.",
            missed,
        )
        messages.warning(request, told % {"n": missed})


def _done(name, moved):
    if name == "approve":
        return ngettext(
            "%(n)d listed. The contact is told by e-mail.", "%(n)d listed. The contacts are told by e-mail.", moved
        )
    return ngettext(
        "%(n)d not accepted. The contact is told by e-mail.",
        "%(n)d not accepted. The contacts are told by e-mail.",
        moved,
    )
