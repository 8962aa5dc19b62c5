"""What follows from the form: the question to the mailbox, and what is said to one that has answered before."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from letters.models import Letter
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, address, facts, message, said
from signatories.emails.samples import sampled
from signatories.models import Purpose, SecondContact, Signatory, Token

Status = Signatory.Status


def confirm_subject() -> str:
    """What a confirmation mail looks like from outside when the name is withheld; the form announces it."""
    return _confirm_subject() % {"site": settings.SITE_NAME}


def _confirm_subject() -> str:
    return _("Please confirm your message to %(site)s")


@writes
def confirm(mail: Mail) -> Message | None:
    signatory = about(mail, Status.PENDING)
    token = _open_token(signatory)
    if signatory is None or token is None:
        return None
    to = facts(mail, signatory, link=address("confirm", token.secret))
    return _confirm(to, _until(signatory, token), may_ask_board=signatory.may_ask_its_board)


def _confirm(to: Facts, until: datetime, *, may_ask_board: bool = True) -> Message:
    filled_in = _(
        "a form of this site was filled in with your address, with the wish that our mails say as little as this "
        "one. Nothing has been done yet. To see what it is about and to answer yes or no, open this page:"
    )
    told = _(
        "somebody you may be in touch with gave us your address for something that needs your answer, with the wish "
        "that our mails say as little as this one. Nothing has been done yet. To see what it is about and to answer "
        "yes or no, open this page:"
    )
    opaque = Opaque(
        _confirm_subject(),
        told if to.told_by else filled_in,
        _("The link works until %(until)s. If you know nothing of this, do nothing.") % {"until": to.when(until)},
    )
    subject = _("Please confirm: sign “%(title)s”")
    return message(to, subject, opaque, until=to.when(until), may_ask_board=may_ask_board)


@writes
def reminder(mail: Mail) -> Message | None:
    """Two days after the first mail, once."""
    signatory = about(mail, Status.PENDING)
    if signatory is None or signatory.reviewing_since or not signatory.letter.accepts_confirmations:
        return None
    token = _open_token(signatory)
    if token is None:
        return None
    to = facts(mail, signatory, link=address("confirm", token.secret))
    return _reminder(to, _until(signatory, token), may_ask_board=signatory.may_ask_its_board)


def _reminder(to: Facts, until: datetime, *, may_ask_board: bool = True) -> Message:
    filled_in = _(
        "two days ago a form of this site was filled in with your address. It waits for your answer, and nothing "
        "has been done yet. To see what it is about and to answer yes or no, open this page:"
    )
    told = _(
        "two days ago we wrote to you because somebody gave us your address. It waits for your answer, and nothing has "
        "been done yet. To see what it is about and to answer yes or no, open this page:"
    )
    opaque = Opaque(
        _("One step left: your message to %(site)s"),
        told if to.told_by else filled_in,
        _("The link works until %(until)s. We remind you this once.") % {"until": to.when(until)},
    )
    subject = _("One step left: sign “%(title)s”")
    return message(to, subject, opaque, until=to.when(until), may_ask_board=may_ask_board)


@writes
def already_signed(mail: Mail) -> Message | None:
    return said(mail, _already_signed)


def _already_signed(to: Facts) -> Message:
    opaque = Opaque(
        _("Your message to %(site)s had arrived before"),
        _(
            "somebody, perhaps you, has sent a form of this site again with your address. It changed nothing. What we "
            "have from you, and how to correct it or take it back:"
        ),
    )
    return message(to, _("This address has already signed “%(title)s”"), opaque)


@writes
def mine_link(mail: Mail) -> Message | None:
    return said(mail, _mine_link)


def _mine_link(to: Facts) -> Message:
    opaque = Opaque(
        _("The link you asked for at %(site)s"),
        _("somebody, perhaps you, asked for a new link to what we have from you. Here it is:"),
        _("Links in older mails work on until you end them on that page.")
        + " "
        + _("If it was not you, do nothing: nobody else has this link."),
    )
    return message(to, _("Your link: “%(title)s”"), opaque)


@writes
def no_sign_on(mail: Mail) -> Message | None:
    """To an address that asked for a link and has none: it has signed nothing, or its sign-on is held, unseen by its
    mailbox. It names no letter: another address of the same person's may have signed with its name withheld."""
    return _no_sign_on() if Letter.objects.filter(pk=mail.about_id).exists() else None


def _no_sign_on() -> Message:
    words = _(
        "somebody, perhaps you, asked at this site for the link to a sign-on made with this address. We know of none "
        "that has a link. Have you just sent the form? Then our mail is still to come: in a rush that may take an hour "
        "or longer. Perhaps it was made with another address: ask again with that one. If it was not you, do nothing."
    )
    subject = _("No link for this address at %(site)s") % {"site": settings.SITE_NAME}
    return Message(subject, {"words": words, "link": ""}, reply_to=settings.HELP_EMAIL, template="opaque")


@writes
def second_contact(mail: Mail) -> Message | None:
    """To somebody else at the organization, whom the first named."""
    rows = SecondContact.objects.select_related("signatory__letter__campaign").filter(answer="")
    second = rows.filter(pk=mail.about_id).first()
    if second is None or not second.email or not second.signatory.has_said_yes:
        return None
    signatory = second.signatory
    token = signatory.tokens.filter(purpose=Purpose.SECOND, replaced_at__isnull=True).last()
    if token is None:
        return None
    to = facts(mail, signatory, link=address("vouch", token.secret))
    return _second_contact(to, signatory.contact_name, signatory.contact_role)


def _second_contact(to: Facts, person: str, role: str) -> Message:
    opaque = Opaque(
        _("Is this right? A question from %(site)s"),
        _(
            "somebody at your organization filled in a form of this site and named you as one who can say whether that "
            "was right. What it is about, and the question:"
        ),
        _("If you do not know, do nothing. We ask this once."),
    )
    subject = _("Somebody signed for %(name)s: is this right?")
    return message(to, subject, opaque, name="", person=person, role=role)


def _open_token(signatory: Signatory | None) -> Token | None:
    if signatory is None:
        return None
    return signatory.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True).last()


def _until(signatory: Signatory, token: Token) -> datetime:
    return min(filter(None, (token.expires_at, signatory.letter.confirmable_until)))


sampled(
    confirm,
    gettext_lazy("Somebody has filled in the sign-on form."),
    lambda to: _confirm(to, samples.soon()),
    page="confirm",
)
sampled(
    reminder,
    gettext_lazy("Two days after the first mail there is no answer. Once."),
    lambda to: _reminder(to, samples.soon()),
    page="confirm",
)
sampled(
    already_signed,
    gettext_lazy("The form was sent again with an address that has signed the letter."),
    _already_signed,
)
sampled(mine_link, gettext_lazy("Somebody has asked for a new link to a sign-on."), _mine_link)
sampled(
    no_sign_on,
    gettext_lazy("Somebody has asked for a link with an address that has signed nothing."),
    lambda to: _no_sign_on(),
)
sampled(
    second_contact,
    gettext_lazy("The mailbox has confirmed, and somebody else at the organization was named."),
    lambda to: _second_contact(to, "Ana María Rojas", "Coordinadora"),
    page="vouch",
)
