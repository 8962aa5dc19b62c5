"""The mails to signatories: one function each, its words in templates/emails/<name>.txt and .html.

A withheld signatory's subject names neither letter nor organization: it shows in previews and over shoulders.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import outbox
from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from letters.emails import spoken
from letters.models import Amendment, Letter
from signatories import countries
from signatories.models import Objection, Purpose, Signatory


@writes
def confirm(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.PENDING)
    token = signatory and signatory.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True).last()
    if signatory is None or not token:
        return None
    return _message(
        signatory,
        _("Please confirm: %(name)s signs “%(title)s”"),
        _("Please confirm your message to %(site)s"),
        link=settings.SITE_URL + reverse("signatories:confirm", args=[token.secret]),
        until=min(filter(None, (token.expires_at, signatory.letter.confirmable_until))),
    )


@writes
def already_signed(mail: Mail) -> Message | None:
    signatory = _about(mail)
    return (
        None
        if signatory is None
        else _message(signatory, _("%(name)s has already signed “%(title)s”"), _("About your message to %(site)s"))
    )


@writes
def received(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.CONFIRMED, Signatory.Status.DUPLICATE)
    return (
        None
        if signatory is None
        else _message(
            signatory,
            _("Received: %(name)s, and what happens next"),
            _("Received: what happens next"),
        )
    )


@writes
def listed(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.LISTED)
    return (
        None
        if signatory is None
        else _message(signatory, _("%(name)s is on the letter “%(title)s”"), _("Your message to %(site)s was accepted"))
    )


@writes
def not_accepted(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.DECLINED)
    return (
        None
        if signatory is None
        else _message(
            signatory,
            _("About %(name)s’s signature on “%(title)s”"),
            _("About your message to %(site)s"),
            reason=signatory.get_decline_reason_display(),
            note=signatory.decline_note,
        )
    )


@writes
def agree_again(mail: Mail) -> Message | None:
    return _on_amendment(mail, _("The text changed: please agree again for %(name)s by %(until)s"))


@writes
def agree_reminder(mail: Mail) -> Message | None:
    return _on_amendment(mail, _("%(name)s is not on the letter until you agree to its new text, by %(until)s"))


@writes
def corrected(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.CONFIRMED, Signatory.Status.LISTED)
    newest = _newest(signatory, Amendment.Class.CORRECTION)
    if signatory is None or newest is None or not newest.takes_objections:
        return None
    return _message(
        signatory,
        _("A correction in “%(title)s”, which %(name)s has signed"),
        _("About your message to %(site)s"),
        link=_answer_link(signatory),
        until=newest.object_by,
        amendment_reason=newest.reason,
    )


@writes
def left_out(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.LAPSED)
    return (
        None
        if signatory is None
        else _message(signatory, _("%(name)s has been left out of “%(title)s”"), _("About your message to %(site)s"))
    )


@writes
def withdrawn(mail: Mail) -> Message | None:
    signatory = _about(mail, Signatory.Status.WITHDRAWN)
    return (
        None
        if signatory is None
        else _message(
            signatory, _("%(name)s has been taken off “%(title)s”"), _("Your message to %(site)s: taken back")
        )
    )


@writes
def objection(mail: Mail) -> Message | None:
    """To the team. It names nobody: who objects is to be seen at the desk, behind the login."""
    made = Objection.objects.select_related("signatory__letter__campaign").filter(pk=mail.about_id).first()
    if made is None:
        return None
    letter = made.signatory.letter
    return Message(
        _("Objection to a correction of “%(title)s”") % {"title": letter},
        {
            "title": str(letter),
            "link": settings.SITE_URL + reverse("signatories:answers", args=[letter.slug]),
        },
    )


def tell_team(writer: Writer, about: Any, letter: Letter) -> None:
    """Put a mail to the campaign's contact address into the outbox."""
    outbox.put(writer, about, to=letter.campaign.contact_email)


def tell(writer: Writer, signatory: Signatory, *, dedupe: str = "", wait: timedelta | None = None) -> None:
    """Put a mail to the signatory's contact into the outbox, in the signatory's language."""
    to, language = signatory.contact_email, spoken(signatory.language)
    outbox.put(writer, signatory, to=to, dedupe=dedupe, language=language, wait=wait)


def _on_amendment(mail: Mail, subject: str) -> Message | None:
    signatory = _about(mail, Signatory.Status.CONFIRMED, Signatory.Status.LISTED)
    newest = _newest(signatory, Amendment.Class.SUBSTANCE)
    if signatory is None or newest is None or signatory.agrees or not newest.takes_agreement:
        return None
    until = date_format(newest.agree_by.astimezone(UTC), "j F Y, H:i") + " UTC" if newest.agree_by else ""
    return _message(
        signatory,
        subject.replace("%(until)s", until),
        _("Please answer by %(until)s: your message to %(site)s").replace("%(until)s", until),
        link=_answer_link(signatory),
        until=newest.agree_by,
        amendment_reason=newest.reason,
        is_approved=signatory.status == Signatory.Status.LISTED,
    )


def _newest(signatory: Signatory | None, weight: str) -> Amendment | None:
    if signatory is None:
        return None
    return signatory.letter.amendments.filter(weight=weight).order_by("-revision__number").first()


def _answer_link(signatory: Signatory) -> str:
    token = signatory.tokens.filter(purpose=Purpose.AMENDMENT).latest("expires_at")
    return f"{settings.SITE_URL}{reverse('signatories:amendment', args=[token.secret])}"


def _about(mail: Mail, *statuses: str) -> Signatory | None:
    """The signatory the mail is about, if it still is what the mail would say."""
    found = Signatory.objects.select_related("letter__campaign").filter(pk=mail.about_id)
    return (found.filter(status__in=statuses) if statuses else found).first()


def _message(signatory: Signatory, subject: str, neutral_subject: str, **context: Any) -> Message:
    letter = signatory.letter
    title = letter.title_for(signatory.language)
    words = {"name": signatory.line.name, "title": title, "site": settings.SITE_NAME}
    page = reverse("letters:overview", args=[letter.slug]) if signatory.trial_id else letter.url_for(signatory.language)
    letter_url = settings.SITE_URL + page
    subject = (neutral_subject if signatory.is_withheld else subject) % words
    return Message(
        subject=_("[Test] %(subject)s") % {"subject": subject} if signatory.trial_id else subject,
        reply_to=letter.campaign.contact_email,
        context={
            "letter": letter,
            "title": words["title"],
            "campaign": letter.campaign,
            "line": signatory.line,
            "country": countries.name(signatory.line.country),
            "is_withheld": signatory.is_withheld,
            "contact_name": signatory.contact_name,
            "letter_url": letter_url,
            "link": letter_url,
            **context,
        },
    )
