"""Receipts: where a signatory stands in the editions of its letter.

An edition is public in all its parts and says nothing of who is who. So it is worked out when somebody asks: a sign-on
stands in an edition if it was listed when that was frozen, with the line that it had then.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from letters.document import RollLine
from letters.models import AddresseeNames, Edition, Letter
from letters.services import publications, published
from signatories.models import Signatory
from signatories.models.vocabulary import Visibility
from signatories.receipts.places import Place, Printed, place_of, printed
from signatories.receipts.standing import Standing

HEAVY = ("roll", "front", "record")


@dataclass(frozen=True)
class Receipt:
    """How a signatory stands in an edition, in the document in its authentic `language`.

    `visibility` is what it was when that was frozen: named for all, in the addressee's copy, or counted alone. Only of
    who is named for all there are a `line` as printed, the `heading` above it, its `number` (0 where none is printed)
    and its `place` in the whole list, which has `of` lines; `is_translated` if there are documents in other languages,
    which may be ordered otherwise. Whether the addressee's copy is still kept it does not say: that goes by what others
    do who are named in it.
    """

    edition: Edition
    language: str
    visibility: str
    as_of: datetime
    line: RollLine | None = None
    heading: str = ""
    number: int = 0
    place: int = 0
    of: int = 0
    is_translated: bool = False


@dataclass(frozen=True)
class Forward:
    """Words to pass on: a headline, or else a title, and the address of the letter's page."""

    headline: str
    url: str


def of(signatory: Signatory) -> list[Receipt]:
    """Those of every edition that it stands in, the newest first."""
    standing = Standing(signatory)
    editions = signatory.letter.editions.defer(*HEAVY).order_by("-number")
    return [receipt for edition in editions if (receipt := _receipt(standing, edition))]


def in_edition(signatory: Signatory, edition: Edition) -> Receipt | None:
    """None if it does not stand in that one."""
    return _receipt(Standing(signatory), edition)


def keep(signatory: Signatory) -> None:
    """Before its line or visibility becomes another: keep it as it is, if an edition has found it so. Does not save."""
    newest = max((receipt.edition.number for receipt in of(signatory)), default=0)
    kept = {int(number) for number in signatory.earlier}
    if newest > max(kept, default=0):
        held = {**asdict(signatory.line), "visibility": str(signatory.visibility)}
        signatory.earlier = {**signatory.earlier, str(newest): held}


def pdf_url(edition: Edition) -> str:
    """The public address of the document, or "" as long as it has none."""
    if not publications.open_editions(edition.letter).filter(pk=edition.pk).exists():
        return ""
    return str(settings.SITE_URL) + reverse("letters:edition_pdf", args=[edition.letter.slug, edition.number])


def forward(letter: Letter, language: str, url: str) -> Forward:
    """In the language of a reader, to whom the page is at `url`."""
    text = letter.text_for(language)
    out = published.published(letter, text.language) if text else None
    return Forward((out.headline if out else "") or letter.title_for(language), url)


def _receipt(standing: Standing, edition: Edition) -> Receipt | None:
    found = printed(edition)
    if not standing.was_listed(found):
        return None
    line, visibility = standing.shown_as(found.number)
    if visibility == Visibility.PUBLIC:
        place = place_of(line, found, is_individual=standing.signatory.is_individual)
        return _named(edition, found, place) if place else None
    names = AddresseeNames.objects.filter(edition=edition).first() if visibility == Visibility.RECIPIENT else None
    if names and not names.deleted_at:
        if str(standing.signatory.pk) not in names.held["signatories"]:
            return None
    elif not standing.had_agreed(found):
        return None
    return Receipt(edition, found.language, visibility, found.as_of)


def _named(edition: Edition, found: Printed, place: Place) -> Receipt:
    return Receipt(
        edition,
        found.language,
        Visibility.PUBLIC,
        found.as_of,
        line=place.line,
        heading=place.heading,
        number=place.line.number,
        place=place.place,
        of=found.of,
        is_translated=found.is_translated,
    )
