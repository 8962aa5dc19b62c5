"""Emptying a sign-on of what it was made of: when its owner asks, and when the time is over for which it was kept."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils import timezone

from campaigns.addresses import mailbox_hash
from campaigns.models import Mail
from campaigns.models.mail import MailQuerySet
from letters import services as letters
from signatories.models import SecondContact, Signatory
from signatories.models.lines import LINE
from signatories.services.filing import unfile
from signatories.services.importing.emptying import forget


def erase(signatory: Signatory, *, keeps_line: bool) -> None:
    """Empty the row and all that hangs on it; what was printed stays if `keeps_line`.

    To be called in a transaction that holds the row. What it was found by becomes a value that nothing leads to; its
    links stop working, and mails that have not gone out do not go. That nothing is written to a mailbox which never
    asked stays: only its keyed hash is kept for that.
    """
    written = _mails(signatory)
    forget(signatory)
    facts: dict[str, Any] = dict.fromkeys(
        ("contact_name", "contact_role", "contact_email", "decline_note", "source"), ""
    )
    facts |= {"contact_hash": secrets.token_hex(32), "submitted": {}, "earlier": {}}
    facts |= {"domain_hash": "", "mail_fit": ""}
    if not keeps_line:
        if signatory.confirmed_at:  # else it was never listed, and no edition names it
            letters.forget_naming(signatory.letter, str(signatory.pk))
        unfile(signatory)
        facts |= {"sought": ""}
        facts |= {**dict.fromkeys(LINE, ""), "sealed": {}}
        if signatory.status != Signatory.Status.LISTED:  # which still counts, and nobody counts twice
            facts |= {"identity_hash": secrets.token_hex(32)}
        facts |= {"erased_at": timezone.now(), "is_initiator": False}
    for name, value in facts.items():
        setattr(signatory, name, value)
    signatory.save(update_fields=list(facts))
    for mails in written:
        mails.unsent().update(state=Mail.State.DROPPED, leased_until=None)
        mails.update(to="", to_hash="", data={})
    for things in (signatory.tokens, signatory.questions, signatory.opinions, signatory.corrections):
        things.all().delete()
    SecondContact.objects.filter(signatory=signatory).delete()
    signatory.objections.update(words="")


def _mails(signatory: Signatory) -> list[MailQuerySet]:
    told_nothing = Mail.objects.filter(kind="signatories.no_sign_on", about_id=str(signatory.letter_id))
    mails = [Mail.objects.about(signatory), told_nothing.filter(to_hash=mailbox_hash(signatory.contact_email))]
    if second := SecondContact.objects.filter(signatory=signatory).only("pk").first():
        mails.append(Mail.objects.filter(kind="signatories.second_contact", about_id=str(second.pk)))
    return mails
