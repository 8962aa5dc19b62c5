"""New links by mail, and the mails one may do without."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from campaigns import outbox, pausing
from campaigns.models import JournalEntry, Mail
from campaigns.outbox import mailbox_hash
from letters.models import Letter
from signatories import emails
from signatories.models import Purpose, Signatory, Token
from signatories.services import limits
from signatories.services.behind_links import held

TO_STRANGERS = "signatories.no_sign_on"
STRANGERS_AN_HOUR = 50  # on the whole site
FROM_A_PLACE = 10  # of these
AN_HOUR = timedelta(hours=1)


@transaction.atomic
def send_link(letter: Letter, *, email: str, language: str, source: str = "") -> None:
    """One mail to the address, whether it has signed or not; whoever asks is told nothing.

    That it has signed nothing is said once about a letter, or a stranger could use up the mails that a sign-on needs;
    and to few addresses in an hour, or the form would write to as many strangers as anybody likes. `source` is the
    place of who asks (campaigns.sources): one alone cannot keep all others from being told.
    """
    rows = Signatory.objects.real().filter(letter=letter, contact_hash=outbox.address_hash(email))
    signatory = rows.order_by("-signed_at").first()
    if not limits.has_room(letter.pk, email):
        return
    now = timezone.now().isoformat()
    if signatory is None or signatory.is_held or signatory.status == Signatory.Status.INVALID:
        if _has_been_told(letter, email) or _are_many_told(source):
            return
        emails.tell_stranger(letter, to=email, dedupe=f"{outbox.address_hash(email)} {now}", language=language)
    elif signatory.status == Signatory.Status.PENDING and not signatory.reviewing_since:
        emails.tell(emails.confirm, signatory, dedupe=f"asked for {now}")
    else:
        Token.objects.another(signatory)
        emails.tell(emails.mine_link, signatory, dedupe=now)


@transaction.atomic
def end_older(token: Token) -> None:
    """Let older links to a sign-on's own page open nothing any more, nor the one it was confirmed by.

    That one still answers for a board that decides; where the first answer is to be given yet, it has to stay.
    """
    signatory = held(token)
    ended = token.older.update(replaced_at=timezone.now())
    if signatory.status != Signatory.Status.PENDING or signatory.reviewing_since:
        asking = signatory.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True)
        asking.update(replaced_at=timezone.now())
    if ended:
        JournalEntry.objects.record("ended links", signatory, letter=signatory.letter_id)


def _has_been_told(letter: Letter, email: str) -> bool:
    told = Mail.objects.filter(kind=TO_STRANGERS, to_hash=mailbox_hash(email), allowance=emails.allowance(letter.pk))
    return told.exclude(state=Mail.State.DROPPED).exists()


def _are_many_told(source: str) -> bool:
    recent = Mail.objects.filter(kind=TO_STRANGERS, created_at__gt=timezone.now() - AN_HOUR)
    return pausing.is_paused() or recent.count() >= STRANGERS_AN_HOUR or _are_many_from(source)


def _are_many_from(source: str) -> bool:
    """Counted in the shared cache, since no row says who asked. Where it is gone each process counts for itself."""
    if not source:
        return False
    key = f"strangers:{source}"
    cache.add(key, 0, AN_HOUR.total_seconds())
    try:
        return bool(cache.incr(key) > FROM_A_PLACE)
    except ValueError:  # the hour ended this moment
        return False


def unsubscribe(token: Token) -> None:
    Signatory.objects.filter(pk=token.signatory_id, unsubscribed_at__isnull=True).update(unsubscribed_at=timezone.now())


def subscribe(token: Token) -> None:
    Signatory.objects.filter(pk=token.signatory_id).update(unsubscribed_at=None)
