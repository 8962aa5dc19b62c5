"""Everything a vetter reads about one signatory before deciding."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import JournalEntry, Mail, User
from signatories import countries
from signatories.models import Signatory

MAILS = {
    "signatories.confirm": _("Please confirm"),
    "signatories.already_signed": _("Already signed"),
    "signatories.received": _("Received"),
    "signatories.listed": _("Listed"),
    "signatories.not_accepted": _("Not accepted"),
}
MAIL_STATES = {
    Mail.State.QUEUED: _("waiting to be sent"),
    Mail.State.SENDING: _("being sent"),
    Mail.State.SENT: _("sent"),
    Mail.State.FAILED: _("could not be delivered"),
    Mail.State.DROPPED: _("no longer needed"),
}
VERBS = {
    "signed": _("Form sent"),
    "signed anew": _("Form sent again with other answers; older links stopped working"),
    "refused": _("The mailbox answered: we did not ask for this"),
}


def about(signatory, glance, decisions):
    """The context of the page."""
    line = signatory.line
    return {
        "title": str(signatory),
        "signatory": signatory,
        "line": line,
        "country": countries.name(line.country),
        "website": line.website if "//" in line.website or not line.website else f"https://{line.website}",
        "glance": glance,
        "decisions": decisions,
        "has_errors": any(one.form.errors for one in decisions),
        "mails": [
            {"mail": mail, "kind": MAILS.get(mail.kind, mail.kind), "state": MAIL_STATES[Mail.State(mail.state)]}
            for mail in Mail.objects.about(signatory).order_by("created_at").defer("to", "data")
        ],
        "journal": _journal(signatory),
    }


def _journal(signatory):
    """Lines of (at, words, by): what happened to it, in the order it did."""
    entries = list(JournalEntry.objects.about(signatory))
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    states = dict(Signatory.Status.choices)
    lines = []
    for entry in entries:
        words = VERBS.get(entry.verb, entry.verb)
        if entry.verb == "moved":
            words = states.get(entry.data["now"], entry.data["now"])
        lines.append({"at": entry.at, "words": words, "by": people.get(entry.actor_id)})
    return lines
