"""The mails to signatories: one function each, its words in templates/emails/<name>.txt and .html.

A withheld signatory's subject names neither letter nor organization: it shows in previews and over shoulders.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import outbox
from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from signatories import countries
from signatories.models import Purpose, Signatory


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


def tell(writer: Writer, signatory: Signatory, *, dedupe: str = "", wait: timedelta | None = None) -> None:
    """Put a mail to the signatory's contact into the outbox, in the signatory's language."""
    to, language = signatory.contact_email, signatory.language
    outbox.put(writer, signatory, to=to, dedupe=dedupe, language=language, wait=wait)


def _about(mail: Mail, *statuses: str) -> Signatory | None:
    """The signatory the mail is about, if it still is what the mail would say."""
    found = Signatory.objects.select_related("letter__campaign").filter(pk=mail.about_id)
    return (found.filter(status__in=statuses) if statuses else found).first()


def _message(signatory: Signatory, subject: str, neutral_subject: str, **context: Any) -> Message:
    letter = signatory.letter
    words = {"name": signatory.line.name, "title": str(letter), "site": settings.SITE_NAME}
    return Message(
        subject=(neutral_subject if signatory.is_withheld else subject) % words,
        reply_to=letter.campaign.contact_email,
        context={
            "letter": letter,
            "title": words["title"],
            "campaign": letter.campaign,
            "line": signatory.line,
            "country": countries.name(signatory.line.country),
            "is_withheld": signatory.is_withheld,
            "contact_name": signatory.contact_name,
            "letter_url": settings.SITE_URL + letter.get_absolute_url(),
            "link": settings.SITE_URL + letter.get_absolute_url(),
            **context,
        },
    )
