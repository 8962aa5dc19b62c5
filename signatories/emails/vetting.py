"""What becomes of a confirmed sign-on, and how it will be printed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from signatories.emails.facts import Facts, Opaque, about, facts, message, said
from signatories.emails.samples import sampled
from signatories.models import Signatory

Status = Signatory.Status


@writes
def received(mail: Mail) -> Message | None:
    signatory = about(mail, Status.CONFIRMED, Status.DUPLICATE)
    return _received(facts(mail, signatory), signatory.reference) if signatory else None


def _received(to: Facts, reference: str) -> Message:
    opaque = Opaque(
        _("Received: what happens next"),
        _(
            "thank you: you have said yes. A person now checks that it is real and that you may speak for it, usually "
            "within a day or two. Then we write to you again. What we have from you, and how to correct it or take it "
            "back:"
        ),
        _("Reference: %(reference)s") % {"reference": reference},
    )
    return message(to, _("Received: %(name)s, and what happens next"), opaque, reference=reference)


@writes
def question(mail: Mail) -> Message | None:
    """The question itself stands in the mail, unless the name is withheld; the answer is given on the page."""
    signatory = about(mail)
    asked = signatory and signatory.questions.open().last()
    if signatory is None or not asked:
        return None
    return _question(facts(mail, signatory), asked.words)


def _question(to: Facts, words: str) -> Message:
    opaque = Opaque(
        _("A question about your message to %(site)s"),
        _("before we can go on, we have a question to you. Please read and answer it on this page:"),
    )
    return message(to, _("A question before we add %(name)s"), opaque, words=words)


@writes
def listed(mail: Mail) -> Message | None:
    return said(mail, _listed, Status.LISTED)


def _listed(to: Facts) -> Message:
    if to.is_entered:
        opaque = Opaque(
            _("Something was entered for you at %(site)s"),
            _(
                "a team entered something for you from a list that it has. It has been checked and counts from now on; "
                "the name is withheld. What it is, and how to correct it or take it back if it is wrong, stands on "
                "this page:"
            ),
        )
        return message(to, _("%(name)s is on the letter “%(title)s”"), opaque)
    opaque = Opaque(
        _("Your message to %(site)s was accepted"),
        _(
            "what you confirmed has been checked and counts from now on. The name is withheld as you chose. What we "
            "have from you, and how to correct it or take it back:"
        ),
    )
    return message(to, _("%(name)s is on the letter “%(title)s”"), opaque)


@writes
def not_accepted(mail: Mail) -> Message | None:
    signatory = about(mail, Status.DECLINED)
    if signatory is None:
        return None
    return _not_accepted(facts(mail, signatory), signatory.told_reason_in_words, signatory.decline_note)


def _not_accepted(to: Facts, reason: str, note: str) -> Message:
    """A withheld signatory reads reason and note on its page: a note was written by a person and may name anything."""
    opaque = Opaque(
        _("Your message to %(site)s was not accepted"),
        _("what you confirmed was not accepted. The reason, and what you can do, stand on this page:"),
    )
    return message(to, _("About your sign-on to “%(title)s”"), opaque, reason=reason, note=note)


@writes
def printed_as(mail: Mail) -> Message | None:
    """A vetter has changed the line, or has accepted the one that was asked for."""
    return said(mail, _printed_as, Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)


def _printed_as(to: Facts) -> Message:
    opaque = Opaque(
        _("Your entry at %(site)s was corrected"),
        _("what we have from you has been corrected. Please see whether it is right:"),
    )
    return message(to, _("How %(name)s will be printed"), opaque)


sampled(received, gettext_lazy("The mailbox has said yes."), lambda to: _received(to, "7C3F-91AB"))
sampled(
    question,
    gettext_lazy("A vetter needs to know something before deciding."),
    lambda to: _question(to, "Your website names another director. Who may sign for you?"),
)
sampled(
    listed,
    gettext_lazy("A vetter has accepted the sign-on, or it has agreed to an amended text."),
    _listed,
)
sampled(
    not_accepted,
    gettext_lazy("A vetter has not accepted the sign-on, or has taken it off."),
    lambda to: _not_accepted(
        to, str(Signatory.DeclineReason.NOT_REACHED.label), "We wrote to the address on your website and had no answer."
    ),
)
sampled(
    printed_as,
    gettext_lazy("A vetter has changed the line, or has accepted the correction that was asked for."),
    _printed_as,
)
