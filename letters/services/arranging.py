"""In which order the roll stands, and how its documents are set. No part of what is signed: an open letter may change
both, its editions keep theirs."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.db import transaction

from campaigns.models import JournalEntry, User
from letters.document import SCOPE, Arrangement, Logo, Look, Picture
from letters.models import Letter
from letters.pdf import logos


class ScopeIsNotPrinted(Exception):
    """Who has signed was told that its scope is not printed: as a heading it would be."""


class TooManyLogos(Exception):
    """The letterhead has room for six."""


@transaction.atomic
def arrange(letter: Letter, arrangement: Arrangement, *, by: User) -> None:
    """Waits for those who are signing. Raises ScopeIsNotPrinted."""
    letter = Letter.objects.locked(letter.pk)
    if letter.arrangement == arrangement:
        return
    if arrangement.group_by == SCOPE and not letter.may_group_by_scope:
        raise ScopeIsNotPrinted
    chosen = asdict(arrangement)
    for name, value in chosen.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(chosen))
    JournalEntry.objects.record("arranged", letter, by=by, **chosen)


@transaction.atomic
def set_look(letter: Letter, look: Look, *, by: User) -> None:
    """Applies to what is set from now on; its logos stay as they are. Only what differs from the defaults is kept: they
    may change."""
    letter = Letter.objects.locked(letter.pk)
    _keep(letter, replace(look, logos=letter.printed_look.logos), by)


@transaction.atomic
def add_logo(letter: Letter, picture: Picture, name: str, *, by: User) -> None:
    """Put it last in the letterhead; one that stands there already gets this name. Raises TooManyLogos."""
    letter = Letter.objects.locked(letter.pk)
    look = letter.printed_look
    others = tuple(one for one in look.logos if one.digest != picture.digest)
    if len(others) >= logos.MOST:
        raise TooManyLogos
    facts = {"picture": picture.content, "width": picture.width, "height": picture.height}
    letter.logos.get_or_create(digest=picture.digest, defaults=facts)
    _keep(letter, replace(look, logos=(*others, Logo(picture.digest, name))), by)


@transaction.atomic
def remove_logo(letter: Letter, digest: str, *, by: User) -> None:
    """Take it out of the letterhead. Editions keep theirs, so the picture stays."""
    letter = Letter.objects.locked(letter.pk)
    look = letter.printed_look
    _keep(letter, replace(look, logos=tuple(one for one in look.logos if one.digest != digest)), by)


@transaction.atomic
def move_logo_up(letter: Letter, digest: str, *, by: User) -> None:
    """One place nearer to the beginning of the row."""
    letter = Letter.objects.locked(letter.pk)
    look = letter.printed_look
    row = list(look.logos)
    place = next((place for place, one in enumerate(row) if one.digest == digest), 0)
    if place:
        row[place - 1 : place + 1] = [row[place], row[place - 1]]
    _keep(letter, replace(look, logos=tuple(row)), by)


def pictures_of(letter: Letter, look: Look) -> tuple[Picture, ...]:
    """Those of its logos, in their order."""
    if not look.logos:
        return ()
    kept = letter.logos.filter(digest__in=[one.digest for one in look.logos])
    found = {one.digest: Picture(one.digest, bytes(one.picture), one.width, one.height) for one in kept}
    return logos.named(look.logos, found)


def _keep(letter: Letter, look: Look, by: User) -> None:
    """The journal has the hashes of logos, not whose they are."""
    if letter.printed_look == look:
        return
    plain = asdict(Look())
    letter.look = {name: value for name, value in asdict(look).items() if value != plain[name]}
    letter.save(update_fields=["look"])
    said = letter.look | ({"logos": [one.digest for one in look.logos]} if look.logos else {})
    JournalEntry.objects.record("styled", letter, by=by, **said)
