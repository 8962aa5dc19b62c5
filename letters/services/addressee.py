"""The addressee's copy of an edition: the names that are for the addressee alone stand in an annex of their own.

They are kept encrypted, and so are the files, under a key of the edition's own. Only who runs the letter takes one out,
and the journal says so.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.utils import timezone

from campaigns import crypto
from campaigns.models import JournalEntry, User
from letters.document import Document
from letters.models import AddresseeNames, Edition, Letter, Rendering
from letters.services import editions


class NamesDeleted(Exception):
    """The names are not kept any more, and nobody can read the copies."""


def keep(edition: Edition) -> AddresseeNames | None:
    """Keep the names that are for the addressee alone, as they stand now; None if there are none."""
    language = edition.revision.authentic["language"]
    signatories = edition.letter.signatories.listed().to_addressee()
    roll = signatories.roll_for_addressee(language, edition.as_of, edition.printed_roll.arrangement)
    if roll.is_empty:
        return None
    named = [str(pk) for pk in signatories.values_list("pk", flat=True)]
    held = {"roll": roll.to_json(), "signatories": named, "mark": secrets.token_hex(16)}
    return AddresseeNames.objects.create(edition=edition, key=crypto.new_key(), held=held)


def printed(edition: Edition, language: str) -> Document:
    """The addressee's copy in one of its languages. Raises NamesDeleted."""
    names = _kept(edition)
    document = editions.printed(edition, language)
    roll = names.roll
    if document.authentic_language:
        roll = edition.letter.signatories.told_in(language, roll, is_kept=False)
    return replace(document, for_addressee=roll, mark=names.mark)


def sealed(edition: Edition, content: bytes) -> bytes:
    """The file of a copy as it is stored."""
    return crypto.encrypt_file(_kept(edition).key, content)


@transaction.atomic
def take_out(rendering: Rendering, *, by: User) -> bytes:
    """The PDF of a copy; the journal says who took it. Raises NamesDeleted."""
    if rendering.edition is None or rendering.is_public:
        raise ValueError("not an addressee's copy")
    key = _kept(rendering.edition).key
    facts = {"edition": rendering.edition.number, "language": rendering.language}
    JournalEntry.objects.record("took addressee's copy", rendering.edition.letter, by=by, **facts)
    with rendering.file.open() as file:
        return crypto.decrypt_file(key, file.read())


@transaction.atomic
def forget_naming(letter: Letter, signatory: str) -> int:
    """Delete the copies that name a signatory who has its data deleted; of how many editions."""
    return _forget(names for names in _of(letter) if signatory in names.held["signatories"])


@transaction.atomic
def forget_names(letter: Letter) -> int:
    """Delete all copies of a letter whose contact data is not kept any longer; of how many editions."""
    return _forget(_of(letter))


def _of(letter: Letter) -> Iterable[AddresseeNames]:
    return AddresseeNames.objects.filter(edition__letter=letter, deleted_at__isnull=True).select_related("edition")


def _forget(several: Iterable[AddresseeNames]) -> int:
    """First the key, which makes all files unreadable wherever they are, then the files that are here."""
    forgotten = 0
    for names in several:
        names.key, names.held, names.deleted_at = "", {}, timezone.now()
        names.save(update_fields=["key", "held", "deleted_at"])
        JournalEntry.objects.record("deleted addressee's names", names.edition.letter, edition=names.edition.number)
        copies = names.edition.renderings.exclude(variant=Rendering.Variant.PUBLIC)
        copies.exclude(error="").update(error="")
        for rendering in copies.done():
            transaction.on_commit(partial(rendering.file.storage.delete, str(rendering.file.name)))
        forgotten += 1
    return forgotten


def _kept(edition: Edition) -> AddresseeNames:
    names = AddresseeNames.objects.filter(edition=edition, deleted_at__isnull=True).first()
    if names is None:
        raise NamesDeleted
    return names
