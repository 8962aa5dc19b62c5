"""How many mails public forms can have written to one mailbox: three about a letter, whatever is tried.

That no more than five go out in a day is the outbox's work, which knows when they go. What comes after the third
about a letter is not written, and changes nothing: what is confirmed is what a mail has shown.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection

from campaigns import turns
from campaigns.models import Mail, Suppression
from campaigns.outbox import mailbox_hash
from campaigns.turns import Turn
from signatories import emails
from signatories.models import Signatory

MAILS_PER_LETTER = 3  # ever, to one mailbox

ASKED = (
    "SELECT (SELECT count(*) FROM campaigns_mail WHERE to_hash = %s AND allowance = %s AND state <> 'dropped'), "
    "EXISTS (SELECT 1 FROM campaigns_suppression WHERE address_hash = %s)"
)


def has_room(letter: int, address: str, *, trial: int | None = None) -> bool:
    """Whether one more may be written. Until the transaction ends nobody else is told so about this mailbox.

    To be asked last, after all rows have been locked: who waits here holds back nobody that it waits for. By hand for
    speed, since every sign-on asks: lock and question are one message to the server, and the question is asked when the
    lock is held. SQLite has one writer at a time anyway.
    """
    key = mailbox_hash(address)
    values = [key, emails.allowance(letter, trial), key]
    with connection.cursor() as cursor:
        if cursor.db.vendor == "postgresql":
            cursor.execute(f"SELECT pg_advisory_xact_lock(%s, %s); {ASKED}", [Turn.MAILBOX, _lock_of(key), *values])
        else:
            cursor.execute(ASKED, values)
        written, is_silenced = cursor.fetchone()
    return written < MAILS_PER_LETTER and not is_silenced


def without_room(letter: int, addresses: list[str]) -> set[str]:
    """Those of many addresses to which no more may be written about the letter; as has_room, also in what it locks."""
    keys = {address: mailbox_hash(address) for address in addresses}
    turns.wait_for_each(Turn.MAILBOX, [_lock_of(key) for key in keys.values()])
    mails = Mail.objects.filter(to_hash__in=keys.values(), allowance=emails.allowance(letter))
    written = Counter(mails.exclude(state=Mail.State.DROPPED).values_list("to_hash", flat=True))
    silenced = set(Suppression.objects.filter(address_hash__in=keys.values()).values_list("address_hash", flat=True))
    crowded = set()
    for address, key in keys.items():
        if key in silenced or written[key] >= MAILS_PER_LETTER:
            crowded.add(address)
        written[key] += 1
    return crowded


def turn(signatory: Signatory) -> int:
    """In which order to ask about several: two who ask about the same mailboxes do not wait for each other then."""
    return _lock_of(mailbox_hash(signatory.contact_email))


def _lock_of(mailbox: str) -> int:
    return int.from_bytes(bytes.fromhex(mailbox[:8]), "big", signed=True)
