"""Linking the journal's entries into its chain, and reading the chain back.

Whoever writes an entry does not wait for whoever wrote the one before: a sweep links what has been committed, a moment
later and one worker at a time. What is altered before it is linked is not found.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from campaigns import chain, turns
from campaigns.models import JournalEntry, JournalLink
from campaigns.turns import Turn

AT_ONCE = 1000  # links in one transaction
LOOKS_BACK = 10_000  # entries; what was numbered earlier and committed later is found again within so many


def link_due(*, all_of_them: bool = False) -> int:
    """Link what is not linked yet; how many. Several at once are harmless: one links, the others leave.

    Looks at the newest entries only, or at all of them.
    """
    linked, after = 0, None if all_of_them else _newest() - LOOKS_BACK
    while True:
        with transaction.atomic():
            links = _link_some(after) if turns.take(Turn.JOURNAL, 0) else []
        linked += len(links)
        if len(links) < AT_ONCE:
            return linked
        after = links[-1].entry_id  # what came before it in this pass is linked


def head() -> str:
    """Link all that this transaction sees, its own entries last of all, and return the last hash.

    The chain is this transaction's until it ends; whoever writes entries meanwhile does not wait.
    """
    turns.wait_for(Turn.JOURNAL, 0)
    after = None
    while len(links := _link_some(after)) == AT_ONCE:
        after = links[-1].entry_id
    return _last().hash


def verify(printed: Collection[str] = ()) -> Iterator[chain.Finding]:
    """What was altered in the journal. `printed`: heads that have to stand in its chain."""
    links = JournalLink.objects.order_by("number").select_related("entry")
    linked = (
        chain.Linked(one.number, one.entry_id, one.hash, _said(one.entry) if one.entry else None)
        for one in links.iterator(AT_ONCE)
    )
    return chain.verify(linked, map(_said, _unlinked().iterator(AT_ONCE)), heads=printed, now=timezone.now())


def _newest() -> int:
    return JournalLink.objects.aggregate(id=Max("entry"))["id"] or 0


def _link_some(after: int | None) -> list[JournalLink]:
    """The next AT_ONCE of those with a higher number than `after`."""
    last = _last()
    waiting = _unlinked() if after is None else _unlinked().filter(pk__gt=after)
    links, previous = [], last.hash
    for number, entry in enumerate(waiting.order_by("pk")[:AT_ONCE], last.number + 1):
        previous = chain.link_hash(previous, number, _said(entry))
        links.append(JournalLink(number=number, entry=entry, hash=previous))
    JournalLink.objects.bulk_create(links)
    return links


def _last() -> JournalLink:
    """The newest link; of a new chain the seed."""
    last = JournalLink.objects.order_by("-number").first()
    return last or JournalLink.objects.create(number=0, hash=secrets.token_hex(32))


def _unlinked() -> QuerySet[JournalEntry]:
    return JournalEntry.objects.unlinked()


def _said(entry: JournalEntry) -> chain.Said:
    facts = (entry.pk, entry.at, entry.verb, entry.subject_type, entry.subject_id, entry.actor_id, entry.data)
    return chain.Said(*facts)
