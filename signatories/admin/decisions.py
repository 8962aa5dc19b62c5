"""One decision on one signatory: which are open, what each will do, and doing it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.lifecycle import ForbiddenMove
from signatories import services
from signatories.admin.forms import DeclineForm, DuplicateForm
from signatories.models import Signatory

Status = Signatory.Status


@dataclass(frozen=True)
class Kind:
    """A decision in words. `logged` is kept for ever by the admin's log: no name in it."""

    title: str | Promise
    effect: str | Promise
    mail: str | Promise
    button: str | Promise
    done: str | Promise
    logged: str


KINDS = {
    "approve": Kind(
        gettext_lazy("Approve"),
        gettext_lazy("It is listed: counted, and printed as shown above unless its name is withheld."),
        gettext_lazy("An e-mail “listed” goes to the contact."),
        gettext_lazy("Approve and list"),
        gettext_lazy("Listed. The contact is told by e-mail."),
        "Approved",
    ),
    "decline": Kind(
        gettext_lazy("Decline"),
        gettext_lazy("It is not listed, or no longer. You can take this back."),
        gettext_lazy("An e-mail “not accepted” with the reason and your words goes to the contact."),
        gettext_lazy("Decline"),
        gettext_lazy("Not accepted. The contact is told by e-mail."),
        "Declined",
    ),
    "duplicate": Kind(
        gettext_lazy("Set aside as a duplicate"),
        gettext_lazy("The same organization is on the letter already; the other sign-on stays."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Set aside"),
        gettext_lazy("Set aside as a duplicate."),
        "Set aside as a duplicate",
    ),
    "reconsider": Kind(
        gettext_lazy("Reconsider"),
        gettext_lazy("The decision is taken back: it is to be checked again and, until then, not listed."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Take the decision back"),
        gettext_lazy("Taken back: it waits to be checked."),
        "Reconsidered",
    ),
}


@dataclass(frozen=True)
class Decision:
    """One that is open now; `form` asks for what it needs."""

    name: str
    kind: Kind
    form: forms.Form


def open_for(signatory, near, data=None):
    """The decisions a vetter may take now; `data`, from a POST, goes to the form of the decision it names."""
    status = signatory.status
    found = []
    for name, is_open in {
        "approve": status == Status.CONFIRMED,
        "decline": signatory.can_move_to(Status.DECLINED),
        "duplicate": (status != Status.PENDING and signatory.can_move_to(Status.DUPLICATE))
        or (status == Status.DUPLICATE and signatory.decided_by_id is None),
        "reconsider": status != Status.PENDING and signatory.can_move_to(Status.CONFIRMED),
    }.items():
        if is_open:
            filled = data if data and data.get("decision") == name else None
            found.append(Decision(name, KINDS[name], _form(name, filled, signatory, near)))
    return found


def _form(name, data, signatory, near):
    if name == "decline":
        return DeclineForm(data, prefix=name)
    if name == "duplicate":
        return DuplicateForm(data, prefix=name, signatory=signatory, near=near)
    return forms.Form(data)


def take(signatory, decisions, data, by):
    """Do what was posted; a (level, words) message, or None if its form has errors to show.

    `seen` is the state the vetter decided on: whoever comes second is told instead of undoing the first.
    """
    chosen = next((one for one in decisions if one.name == data.get("decision")), None)
    if chosen is None or data.get("seen") != signatory.status:
        return messages.WARNING, _already_decided()
    if not chosen.form.is_valid():
        return None
    if _do(chosen, signatory, by):
        return messages.SUCCESS, chosen.kind.done
    if chosen.name == "reconsider":
        return messages.WARNING, _(
            "Nothing was changed: another sign-on of the same organization is confirmed or listed. "
            "Decide on that one first."
        )
    return messages.WARNING, _already_decided()


def _do(chosen, signatory, by):
    """Call the service, on the row only if it still has the state that was seen; how many were moved."""
    seen = Signatory.objects.filter(pk=signatory.pk, status=signatory.status)
    answers = chosen.form.cleaned_data
    if chosen.name == "approve":
        return services.approve(seen, by=by)
    if chosen.name == "decline":
        return services.decline(seen, by=by, reason=answers["reason"], note=answers["note"])
    if chosen.name == "reconsider":
        return services.reconsider(seen, by=by)
    try:
        services.mark_duplicate(signatory, of=answers["of"], by=by)
    except ForbiddenMove:
        return 0
    return 1


def _already_decided():
    return _("Nothing was changed: somebody else decided on it in the meantime. Look again.")
