"""Every mail is a row before it is a mail: written in the transaction that causes it, sent from here.

A row is claimed with a lease, so a killed worker's mail is due again when the lease ends; the words are rendered at
that moment and stored nowhere. Between the server's "250" and our note of it a crash sends a second copy, with the same
Message-ID and the same link: copies are possible, losses are not.

What anybody can have written by filling in a public form bears an `allowance`: no mailbox gets more than MAILS_PER_DAY
of these in any 24 hours, what is over waits here, and none goes to who said that it never asked.
"""

from __future__ import annotations

import logging
import random
import re
import smtplib
from contextlib import suppress
from datetime import timedelta
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models
from django.db.models import F
from django.utils import timezone, translation

from campaigns import crypto, insertion, nudge
from campaigns.addresses import address_hash, mailbox_hash
from campaigns.models import Mail, Suppression
from campaigns.writing import Attachment, Message, Words, Writer, as_header, kind_of, worded, writer_of, writes

TASK = "campaigns.tasks.send_due"
BATCH = 50
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MAILS_PER_DAY = 5  # that public forms cause, to one mailbox, by when they go out
A_DAY = timedelta(days=1)
TOO_LARGE = re.compile(rb"5\.(3\.4|2\.3)\b")  # RFC 3463: for the server, or for the mailbox

__all__ = [
    "Attachment",
    "Message",
    "Words",
    "Writer",
    "address_hash",
    "composed",
    "mailbox_hash",
    "put",
    "send_due",
    "worded",
    "writes",
]

logger = logging.getLogger(__name__)


class ServerUnavailable(Exception):
    """The mail server took no connection or dropped it: no mail can go out now."""


def put(
    writer: Writer,
    about: models.Model | None,
    *,
    to: str,
    dedupe: str = "",
    language: str = "",
    wait: timedelta | None = None,
    data: dict[str, Any] | None = None,
    allowance: str = "",
) -> None:
    """Write a mail into the outbox, unless the same one (kind, subject and `dedupe`) stands there already.

    `data`, a small JSON object, is for what the writer cannot read from the row it is about; it is kept encrypted and
    forgotten once the mail is out. `allowance` marks what a public form caused, and says what it is counted under.
    """
    kind = kind_of(writer)
    about_id = str(about.pk) if about else ""
    row = Mail(
        kind=kind,
        about_id=about_id,
        to=to,
        to_hash=mailbox_hash(to),
        allowance=allowance,
        data=data or {},
        language=language or settings.LANGUAGE_CODE,
        dedupe_key=f"{kind}:{about_id}:{dedupe}",
        run_after=timezone.now() + (wait or timedelta()),
    )
    insertion.insert_or_ignore(row)
    nudge.on_commit(TASK)


def send_due(limit: int = 1000) -> int:
    """Send what is due, oldest first, until nothing is left, `limit` is reached or the server is gone."""
    sent = 0
    connection = get_connection()
    try:
        while sent < limit and (claimed := _claim()):
            sent += _send(claimed, connection)
    except ServerUnavailable as error:
        logger.warning("mail server unavailable: %s", error)
    finally:
        with suppress(Exception):  # the server may be gone; the rows say what is left to do
            connection.close()
    return sent


def forget_failed() -> int:
    """Let go of mails that could not be delivered, once contacts would be deleted; how many.

    Until then staff may try again. Whom they were to is kept for nothing else: many belong to no row that is emptied
    when its time is over, because a form was filled in with the address of somebody who has signed nothing.
    """
    long_ago = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    old = Mail.objects.failed().filter(created_at__lte=long_ago)
    return old.update(state=Mail.State.DROPPED, to="", data={})


def _claim() -> Mail | None:
    """Lease one due mail. A conditional UPDATE decides between workers, on every database alike."""
    now = timezone.now()
    lease = now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    for pk in list(Mail.objects.due(now).order_by("run_after").values_list("pk", flat=True)[:BATCH]):
        taken = Mail.objects.due(now).filter(pk=pk)
        if taken.update(state=Mail.State.SENDING, leased_until=lease, attempts=F("attempts") + 1):
            try:
                return Mail.objects.get(pk=pk)
            except crypto.Undecipherable as error:  # one lost key must not stop the mails of the others
                logger.error("mail %s: %s", pk, error)
                Mail.objects.filter(pk=pk).update(state=Mail.State.FAILED, leased_until=None, error=str(error))
    return None


def _send(mail: Mail, connection: Any) -> int:
    """Render and send one claimed mail and note the outcome; 1 if it went out."""
    if mail.allowance and _is_held_back(mail):
        return 0
    try:
        message = _render(mail, connection)
        if message is None:
            _note(mail, state=Mail.State.DROPPED, to="", data={})
            return 0
    except Exception as error:  # a fault of ours: keep the mail, try again, show it to staff
        logger.exception("mail %s (%s) cannot be rendered", mail.pk, mail.kind)
        _postpone(mail, f"{type(error).__name__} while rendering")
        return 0
    try:
        connection.open()
    except Exception as error:
        _postpone(mail, _reason(error))
        raise ServerUnavailable(_reason(error)) from None
    try:
        connection.send_messages([message])
    except Exception as error:
        return _refused(mail, error, connection)
    _note(mail, state=Mail.State.SENT, sent_at=timezone.now(), to="", data={}, error="")
    return 1


def _is_held_back(mail: Mail) -> bool:
    """Drop what a form caused to a silenced mailbox, and put off what is over the day's number.

    Whoever looks counts what others are sending at this moment: of two that look, the later sees the earlier, so the
    number is never passed. That both may wait a little costs a minute.
    """
    if Suppression.objects.filter(address_hash=mail.to_hash).exists():
        _note(mail, state=Mail.State.DROPPED, to="", data={})
        return True
    now = timezone.now()
    others = Mail.objects.caused_by_forms().filter(to_hash=mail.to_hash).exclude(pk=mail.pk)
    taken = list(others.sent_or_being_sent(now - A_DAY).values_list("state", "sent_at"))
    if len(taken) < MAILS_PER_DAY:
        return False
    gone = sorted(sent_at for state, sent_at in taken if state == Mail.State.SENT and sent_at)
    a_little = timedelta(seconds=random.uniform(30, 90))  # noqa: S311 - no secret: two that wait should not meet again
    slot = gone[-MAILS_PER_DAY] + A_DAY if len(gone) >= MAILS_PER_DAY else now + a_little
    _note(mail, state=Mail.State.QUEUED, run_after=slot, attempts=mail.attempts - 1)
    return True


def _refused(mail: Mail, error: Exception, connection: Any) -> int:
    """Tell a refusal for good from one for now, and this mail's trouble from the server's."""
    code = _code(error)
    if 500 <= (code or 0) < 600 and not _is_server_trouble(error):
        _note(mail, state=Mail.State.FAILED, error=_reason(error))
        logger.warning("mail %s (%s) refused for good: %s", mail.pk, mail.kind, _reason(error))
    else:
        _postpone(mail, _reason(error))
    with suppress(Exception):  # after a refusal the dialogue may be in any state: start a fresh one
        connection.close()
    if _is_server_trouble(error):
        raise ServerUnavailable(_reason(error))
    return 0


def _is_server_trouble(error: Exception) -> bool:
    """No other mail would fare better now: the line is gone, the server is busy (421), or it refuses us as sender."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return not _is_too_large(error)
    return isinstance(error, OSError) and _code(error) in (None, 421)


def _is_too_large(error: Exception) -> bool:
    """For good, and this mail alone. Servers that are told the size say so to MAIL FROM already (RFC 1870), where 552
    means nothing else; the others after the message, where 552 alone may mean a full mailbox."""
    code, words = _code(error) or 0, getattr(error, "smtp_error", b"")
    words = words if isinstance(words, bytes) else str(words).encode()
    if isinstance(error, smtplib.SMTPSenderRefused) and code == 552:
        return True
    return 500 <= code < 600 and bool(TOO_LARGE.match(words))


def _postpone(mail: Mail, reason: str) -> None:
    """Try again later, waiting twice as long each time; after OUTBOX_PATIENCE_HOURS it counts as failed."""
    now = timezone.now()
    patience = timedelta(hours=settings.OUTBOX_PATIENCE_HOURS)
    if mail.attempts > 1 and now - mail.created_at > patience:  # one tried again by hand gets a second chance
        _note(mail, state=Mail.State.FAILED, error=reason)
        logger.error("mail %s (%s) given up: %s", mail.pk, mail.kind, reason)
        return
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 12), LONGEST_WAIT)
    _note(mail, state=Mail.State.QUEUED, run_after=now + wait, error=reason)


def _note(mail: Mail, **facts: Any) -> None:
    """Write the outcome, unless the lease ran out and another worker has taken the mail since."""
    ours = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, attempts=mail.attempts)
    ours.update(leased_until=None, **facts)


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    return getattr(error, "smtp_code", None)


def _reason(error: Exception) -> str:
    """In words, without the server's own text: that quotes addresses."""
    code = _code(error)
    if _is_too_large(error):
        return f"{type(error).__name__}, too large, {code}"
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def message_id(mail: Mail) -> str:
    return f"<{mail.pk}@{urlsplit(settings.SITE_URL).hostname}>"


def sender(name: str = "") -> str:
    """The site's own address, which mail servers check, under its own name or another."""
    _own, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name, address)) if name else settings.DEFAULT_FROM_EMAIL


def _render(mail: Mail, connection: Any) -> EmailMultiAlternatives | None:
    with translation.override(mail.language):
        message = writer_of(mail.kind)(mail)
        return None if message is None else composed(mail, message, connection)


def composed(mail: Mail, message: Message, connection: Any = None) -> EmailMultiAlternatives:
    """The mail as it goes out, with its headers, in the language of the row."""
    with translation.override(mail.language):
        words = worded(mail.kind, message)
    headers = {"Message-ID": message_id(mail)}
    if message.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
    headers["Content-Language"] = mail.language
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=as_header(words.subject),
        body=words.text,
        from_email=sender(message.from_name),
        to=[mail.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        connection=connection,
        headers=headers,
    )
    email.attach_alternative(words.html, "text/html")
    for one in message.attachments:
        email.attach(one.name, one.content, one.media_type)
    return email
