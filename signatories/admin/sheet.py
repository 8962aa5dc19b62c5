"""Everything a vetter reads about one signatory before deciding."""

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from campaigns.models import JournalEntry, Mail, User
from letters.pdf import writing
from signatories import countries
from signatories.evidence import hosts, spelled_out
from signatories.models import Correction, Signatory
from signatories.services import importing

MAILS = {
    "signatories.confirm": _("Please confirm"),
    "signatories.reminder": _("One step left"),
    "signatories.already_signed": _("Already signed"),
    "signatories.mine_link": _("A new link"),
    "signatories.board_pack": _("For the board"),
    "signatories.review_reminder": _("Has the board decided?"),
    "signatories.received": _("Received"),
    "signatories.question": _("A question"),
    "signatories.listed": _("Listed"),
    "signatories.not_accepted": _("Not accepted"),
    "signatories.printed_as": _("How it will be printed"),
    "signatories.agree_again": _("The text changed"),
    "signatories.agree_reminder": _("Reminder: the text changed"),
    "signatories.corrected": _("The text was corrected"),
    "signatories.left_out": _("Left out"),
    "signatories.closing_moved": _("Another closing time"),
    "signatories.closes_soon": _("Closes soon"),
    "signatories.withdrawn": _("Withdrawn"),
    "signatories.delivered": _("Delivered"),
    "signatories.published": _("Published"),
    "signatories.reply_received": _("There is an answer"),
    "signatories.taken_back": _("Taken back"),
    "signatories.data_will_be_deleted": _("Data will be deleted"),
}
MAIL_STATES = {
    Mail.State.QUEUED: _("waiting to be sent"),
    Mail.State.SENDING: _("being sent"),
    Mail.State.SENT: _("sent"),
    Mail.State.FAILED: _("could not be delivered"),
    Mail.State.DROPPED: _("no longer needed"),
}
PARTS = {
    "name": _("Name"),
    "second_name": _("Second name"),
    "affiliation": _("Role and organization"),
    "acronym": _("Acronym"),
    "country": _("Country"),
    "reading": _("Sorted by"),
    "website": _("Website"),
}
ALWAYS = {"name", "acronym", "country", "website"}
VERBS = {
    "signed": _("Form sent"),
    "brought": _("Came in a list that the team took in"),
    "blanks filled": _("A list filled in what was blank"),
    "blanks emptied": _("What a list had filled in was taken back"),
    "signed anew": _("Form sent again with other answers; older links stopped working"),
    "answers replaced": _("Form sent again with other answers, before any mail was written"),
    "sent again": _("Form sent again with the same answers, before any mail was written"),
    "released": _("Let through"),
    "refused": _("The mailbox answered: we did not ask for this"),
    "board said no": _("The board decided against it"),
    "board decides": _("The mailbox answered: our board has to decide first"),
    "vouched": _("The second contact has answered"),
    "corrected": _("The line was written anew"),
    "correction asked": _("The signatory asks for another line"),
    "correction accepted": _("The other line was accepted"),
    "correction refused": _("The other line was refused"),
    "listed by rule": _("Listed without waiting: known from an earlier letter, and confirmed from its own domain"),
    "shown as": _("The signatory has changed who sees its name"),
    "asked": _("A question was asked"),
    "answered": _("The question was answered"),
    "approved first": _("Approved by one vetter; another has to approve it too"),
    "second opinion asked": _("A second opinion was asked for"),
    "second opinion given": _("The second opinion: it stays as it is"),
    "opinion taken back": _("A vetter took back what it had said"),
    "ended links": _("The signatory has ended older links to its page"),
    "erased": _("The signatory had its data deleted"),
}


def about(signatory, glance, decisions):
    """The context of the page."""
    line = signatory.line
    asked_line = Correction.objects.open().filter(signatory=signatory).first()
    return {
        "title": str(signatory),
        "shown_at": timezone.now().isoformat(),
        "signatory": signatory,
        "line": line,
        "parts": list(_parts(signatory)),
        "is_corrected": signatory.submitted_line != line,
        "spoken": writing.name_of(signatory.language, translation.get_language()),
        "website": _address(line.website),
        "glance": glance,
        "spelled_out": spelled_out(signatory.contact_email),
        "decisions": decisions,
        "has_errors": any(one.form.errors for one in decisions),
        "asked_line": asked_line,
        "asked_by_list": importing.list_behind(asked_line),
        "second": getattr(signatory, "second_contact", None),
        "opinions": signatory.opinions.select_related("by"),
        "lists": importing.lists_naming(signatory),
        "mails": [
            {"mail": mail, "kind": MAILS.get(mail.kind, mail.kind), "state": MAIL_STATES[Mail.State(mail.state)]}
            for mail in Mail.objects.about(signatory).order_by("created_at").defer("to", "data")
        ],
        "journal": _journal(signatory),
    }


def _address(website):
    """As a link has it, or ""."""
    if not hosts.is_website(website):
        return ""
    return website if "//" in website else f"https://{website}"


def _parts(signatory):
    """(label, as it was submitted, as it is now, whether these differ) of each part of the line that says something."""
    was, now = signatory.submitted_line, signatory.line
    for part, label in PARTS.items():
        before, after = (getattr(one, part) for one in (was, now))
        if before or after or part in ALWAYS:
            shown = [countries.name(one) if part == "country" else one for one in (before, after)]
            yield {"label": label, "was": shown[0], "now": shown[1], "differs": before != after}


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
