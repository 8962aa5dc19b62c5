"""Taking in a list: what was pasted, a file, or the list that came with the letter's text."""

from __future__ import annotations

import base64
from typing import Any

from django.db import transaction

from campaigns import nudge
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories.models import Import
from signatories.services.importing import reading

TASK = "signatories.tasks.import_lists"
READ_AT_ONCE = 30_000  # characters of a paste, or bytes of a file, that are read while whoever sent them waits


def take_in(
    letter: Letter,
    *,
    by: User,
    origin: str,
    source: str,
    text: str = "",
    file: tuple[str, bytes] | None = None,
    is_proof: bool = False,
    proof: tuple[str, bytes] | None = None,
) -> Import:
    """Keep the list and have it read: at once if it is short. `file` and `proof` are names and contents."""
    facts: dict[str, Any] = {"origin": origin, "source": source, "is_proof": is_proof}
    if proof:
        facts |= {"proof_name": proof[0], "proof": base64.b64encode(proof[1]).decode()}
    if file:
        facts |= {"file_name": file[0], "content": base64.b64encode(file[1]).decode()}
    with transaction.atomic():
        of = Import.objects.create(letter=letter, made_by=by, **({"content": text} | facts))
        JournalEntry.objects.record("list taken in", of, by=by, letter=letter.pk, origin=origin, is_proof=is_proof)
        nudge.on_commit(TASK)
    if len(file[1] if file else text) <= READ_AT_ONCE:
        reading.read(of.pk)
        of.refresh_from_db()
    return of


def take_in_pasted_roll(letter: Letter, *, by: User, source: str) -> Import:
    """The list that came with the pasted text of the letter; it stays there until somebody throws it away."""
    return take_in(letter, by=by, origin=Import.Origin.LETTER, source=source, text=letter.pasted_roll)
