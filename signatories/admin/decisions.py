"""One decision on one signatory: which are open, what each will do, and doing it."""

from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.lifecycle import ForbiddenMove
from signatories import services
from signatories.admin.forms import AskForm, DeclineForm, DuplicateForm, LineForm, SecondForm, WithoutAnswerForm
from signatories.models import Correction, Opinion, Signatory
from signatories.services.seconding import MAY_BE_ASKED_ABOUT

Status = Signatory.Status


@dataclass(frozen=True)
class Kind:
    """A decision in words. `logged` is kept for ever by the admin's log: no name in it. `told` goes behind `done`."""

    title: str | Promise
    effect: str | Promise
    mail: str | Promise
    button: str | Promise
    done: str | Promise
    logged: str
    told: str | Promise = ""

    @property
    def all_done(self):
        return f"{self.done} {self.told}" if self.told else self.done

    def reaching(self, signatory):
        """With what is true of the mail about this one: some came in a list without an address."""
        if not self.told:
            return self
        if not signatory.contact_email:
            return replace(self, mail=NO_ADDRESS, told=NO_ADDRESS)
        if self is KINDS["approve"] and not signatory.agrees:
            return replace(self, mail=AGREES_FIRST, told=AGREES_FIRST)
        return self


NO_ADDRESS = gettext_lazy("No e-mail goes out: there is no address.")
AGREES_FIRST = gettext_lazy("The contact is told by e-mail once it agrees to the text in force.")

KINDS = {
    "approve": Kind(
        gettext_lazy("Approve"),
        gettext_lazy("It is listed: counted, and printed as shown above unless its name is withheld."),
        gettext_lazy("An e-mail “listed” goes to the contact."),
        gettext_lazy("Approve and list"),
        gettext_lazy("Listed."),
        "Approved",
        gettext_lazy("The contact is told by e-mail."),
    ),
    "first": Kind(
        gettext_lazy("Approve"),
        gettext_lazy("Your approval is noted. It is listed once another vetter has approved it too."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Approve"),
        gettext_lazy("Noted. It is listed once another vetter has approved it too."),
        "Approved first",
    ),
    "release": Kind(
        gettext_lazy("Let through"),
        gettext_lazy("It is held no longer."),
        gettext_lazy("The e-mail that asks to confirm goes to the contact."),
        gettext_lazy("Let through"),
        gettext_lazy("Let through. The contact is asked to confirm."),
        "Let through",
    ),
    "decline": Kind(
        gettext_lazy("Decline"),
        gettext_lazy("It is not listed, or no longer. You can take this back."),
        gettext_lazy("An e-mail “not accepted” with the reason and your words goes to the contact."),
        gettext_lazy("Decline"),
        gettext_lazy("Not accepted."),
        "Declined",
        gettext_lazy("The contact is told by e-mail."),
    ),
    "duplicate": Kind(
        gettext_lazy("Set aside as a duplicate"),
        gettext_lazy("The same organization is on the letter already; the other sign-on stays."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Set aside"),
        gettext_lazy("Set aside as a duplicate."),
        "Set aside as a duplicate",
    ),
    "accept_line": Kind(
        gettext_lazy("Print the other line"),
        gettext_lazy("The other line shown above takes the place of the one that is printed."),
        gettext_lazy("An e-mail “how you will be printed” goes to the contact."),
        gettext_lazy("Accept the new line"),
        gettext_lazy("Changed."),
        "Correction accepted",
        gettext_lazy("The contact is told by e-mail."),
    ),
    "refuse_line": Kind(
        gettext_lazy("Keep the line as it is"),
        gettext_lazy("The other line shown above is not printed."),
        gettext_lazy("If the signatory had asked, an e-mail “how you will be printed” goes to the contact."),
        gettext_lazy("Keep the old line"),
        gettext_lazy("Kept."),
        "Correction refused",
        gettext_lazy("If the signatory had asked, the contact is told by e-mail."),
    ),
    "ask": Kind(
        gettext_lazy("Ask a question"),
        gettext_lazy("Nothing is decided. The answer is shown here."),
        gettext_lazy("An e-mail with the question goes to the contact."),
        gettext_lazy("Send the question"),
        gettext_lazy("The question goes out by e-mail."),
        "Asked a question",
    ),
    "second": Kind(
        gettext_lazy("Ask for a second opinion"),
        gettext_lazy("Another vetter has to look at it before it is listed; the queue says so to all of them."),
        gettext_lazy("No e-mail goes out, and the contact sees nothing of it."),
        gettext_lazy("Ask the other vetters"),
        gettext_lazy("The other vetters see that a second opinion is asked for."),
        "Asked for a second opinion",
    ),
    "recall": Kind(
        gettext_lazy("Take back what you have said"),
        gettext_lazy("Your approval or your request for a second opinion no longer stands."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Take it back"),
        gettext_lazy("Taken back."),
        "Took an opinion back",
    ),
    "settle": Kind(
        gettext_lazy("It stays as it is"),
        gettext_lazy("Your answer to the request for a second opinion: nothing is changed."),
        gettext_lazy("No e-mail goes out."),
        gettext_lazy("Leave it as it is"),
        gettext_lazy("It stays as it is; no second opinion is asked for any more."),
        "Gave a second opinion",
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


KEYS = {"approve": "a", "decline": "d", "duplicate": "s", "ask": "q", "second": "o", "release": "l", "reconsider": "r"}


@dataclass(frozen=True)
class Decision:
    """One that is open now; `form` asks for what it needs."""

    name: str
    kind: Kind
    form: forms.Form

    @property
    def key(self):
        """The letter that leads to it on the page, if one does."""
        return KEYS.get(self.name, "")


def open_for(signatory, near, data=None, *, by):
    """The decisions a vetter may take now; `data`, from a POST, goes to the form of the decision it names."""
    status = signatory.status
    opinions = services.opinions_on([signatory])[signatory.pk]
    mine = next((one for one in opinions if one.by_id == by.pk), None)
    is_approved_by_me = mine is not None and mine.says == Opinion.Says.APPROVES
    is_asked = any(one.says == Opinion.Says.ASKS for one in opinions if one is not mine)
    found = []
    asks_for_line = Correction.objects.open().filter(signatory=signatory).exists()
    for name, is_open in {
        "accept_line": asks_for_line,
        "refuse_line": asks_for_line,
        "approve": status == Status.CONFIRMED and not is_approved_by_me,
        "release": signatory.is_held,
        "decline": signatory.can_move_to(Status.DECLINED),
        "duplicate": (status != Status.PENDING and signatory.can_move_to(Status.DUPLICATE))
        or (status == Status.DUPLICATE and signatory.decided_by_id is None),
        "ask": status in {Status.CONFIRMED, Status.LISTED, Status.DUPLICATE} and _may_be_asked(signatory),
        "second": status in MAY_BE_ASKED_ABOUT and mine is None,
        "recall": mine is not None,
        "settle": is_asked and status != Status.CONFIRMED,
        "reconsider": status != Status.PENDING and signatory.can_move_to(Status.CONFIRMED),
    }.items():
        if is_open:
            filled = data if data and data.get("decision") == name else None
            is_first = name == "approve" and bool(services.first_only([signatory], by=by))
            kind = KINDS["first" if is_first else name].reaching(signatory)
            found.append(Decision(name, kind, _form(name, filled, signatory, near)))
    return found


def _may_be_asked(signatory):
    return bool(signatory.contact_email) and not signatory.questions.open().exists()


def _form(name, data, signatory, near):
    if name == "ask":
        return AskForm(data, prefix=name)
    if name == "second":
        return SecondForm(data, prefix=name)
    if name == "approve" and signatory.questions.open().exists():
        return WithoutAnswerForm(data, prefix=name)
    if name == "decline":
        return DeclineForm(data, prefix=name)
    if name in {"accept_line", "refuse_line"}:
        open_one = Correction.objects.open().filter(signatory=signatory).first()
        return LineForm(data, prefix=name, initial={"asked": open_one and open_one.pk})
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
    if _do(chosen, signatory, by, shown_at(data)):
        kind = chosen.kind if chosen.kind is not KINDS["first"] else KINDS["approve"].reaching(signatory)
        return messages.SUCCESS, kind.all_done
    if chosen.name == "approve" and services.has_approved(signatory, by=by):
        return messages.SUCCESS, KINDS["first"].all_done
    if chosen.name in {"reconsider", "accept_line"}:
        return messages.WARNING, _(
            "Nothing was changed: another sign-on of the same organization is confirmed or listed, or the signatory has"
            " changed or withheld its name meanwhile. Look again, and decide on the other one first."
        )
    return messages.WARNING, _already_decided()


def shown_at(data):
    """When the page was made that the vetter has decided on; None if it does not say."""
    try:
        return parse_datetime(data.get("shown_at", ""))
    except ValueError:
        return None


def _do(chosen, signatory, by, shown_at):
    """Call the service, on the row only if it still has the state that was seen; how many were moved."""
    seen = Signatory.objects.filter(pk=signatory.pk, status=signatory.status)
    answers = chosen.form.cleaned_data
    if chosen.name == "approve":
        return services.approve(seen, by=by, shown_at=shown_at)
    if chosen.name == "release":
        return services.release(seen, by=by)
    if chosen.name == "decline":
        return services.decline(seen, by=by, reason=answers["reason"], note=answers["note"])
    if chosen.name == "reconsider":
        return services.reconsider(seen, by=by)
    if chosen.name == "ask":
        return services.ask(signatory, by=by, words=answers["words"])
    if chosen.name == "second":
        return services.ask_second(signatory, by=by, note=answers["note"])
    if chosen.name in {"recall", "settle"}:
        return getattr(services, chosen.name)(signatory, by=by)
    if chosen.name in {"accept_line", "refuse_line"}:
        asked = Correction.objects.open().filter(signatory=signatory, pk=answers["asked"]).first()
        return asked is not None and services.decide(asked, accept=chosen.name == "accept_line", by=by)
    try:
        services.mark_duplicate(signatory, of=answers["of"], by=by)
    except ForbiddenMove:
        return 0
    return 1


def _already_decided():
    return _("Nothing was changed: somebody else decided on it in the meantime. Look again.")
