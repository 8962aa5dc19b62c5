"""Receipts: where a signatory stands in the editions of its letter.

An edition is public in all its parts and says nothing of who is who. So it is worked out when somebody asks: a sign-on
stands in an edition if it was listed when that was frozen, with the line that it had then. Who asks about nobody who is
named reads no list.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from letters.document import RollLine
from letters.models import AddresseeNames, Edition, Letter
from letters.services import publications, published
from signatories.models import Signatory
from signatories.models.vocabulary import Visibility
from signatories.receipts.places import Facts, Place, facts, places_in
from signatories.receipts.standing import Standing

__all__ = ["Forward", "Receipt", "forward", "in_edition", "keep", "names_in", "of", "pdf_url", "visibilities"]


@dataclass(frozen=True)
class Receipt:
    """How a signatory stands in an edition, in the document in its authentic `language`.

    `visibility` is what it was when that was frozen: named for all, in the addressee's copy, or counted alone; `chosen`
    differs where an edition had no copy for the addressee yet. Only of who is named for all there are a `line` as
    printed, its `country` (a code), the `heading` above it, its `number` (0 where none is printed) and its `place` in
    the whole list, which has `of` lines; `is_translated` if there are documents in other languages, which may be
    ordered otherwise. Whether the addressee's copy is still kept it does not say: that goes by what others
    do who are named in it.
    """

    edition: Edition
    language: str
    visibility: str
    as_of: datetime
    chosen: str = ""
    line: RollLine | None = None
    country: str = ""
    heading: str = ""
    number: int = 0
    place: int = 0
    of: int = 0
    is_translated: bool = False

    @property
    def is_lost(self) -> bool:
        """Named for all by a line that was changed before such lines were kept: nobody can tell any more by which."""
        return self.visibility == Visibility.PUBLIC and self.line is None


@dataclass(frozen=True)
class Forward:
    """Words to pass on: a headline, or else a title, and the address of the letter's page."""

    headline: str
    url: str


def of(signatory: Signatory) -> list[Receipt]:
    """Those of every edition that it stands in, the newest first."""
    standing = Standing(signatory)
    return [receipt for edition in _editions(signatory) if (receipt := _receipt(standing, edition))]


def in_edition(signatory: Signatory, edition: Edition) -> Receipt | None:
    """None if it does not stand in that one."""
    return _receipt(Standing(signatory), edition)


def visibilities(signatory: Signatory) -> set[str]:
    """As what frozen editions count it, which cannot be called back; empty if none does. Reads no list."""
    standing = Standing(signatory)
    if not standing.was_ever_listed:
        return set()
    return {standing.visibility_at(edition) for edition in _editions(signatory) if standing.stood_in(edition)}


def keep(signatory: Signatory) -> None:
    """Before its line or visibility becomes another: keep it as it is, if an edition has found it so. Does not save.

    It is called with the letter's lock held, and reads no list.
    """
    standing = Standing(signatory)
    if not standing.was_ever_listed:
        return
    last = max(map(int, signatory.earlier), default=0)
    for edition in _editions(signatory).filter(number__gt=last):
        if standing.stood_in(edition):
            if standing.line_at(edition) == signatory.line:
                held = {**asdict(signatory.line), "visibility": str(signatory.visibility)}
                signatory.earlier = {**signatory.earlier, str(edition.number): held}
            return


def names_in(edition: Edition) -> int:
    """How many its list has."""
    return places_in(edition).of


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


def _editions(signatory: Signatory) -> QuerySet[Edition]:
    return signatory.letter.editions.light().order_by("-number")


def _receipt(standing: Standing, edition: Edition) -> Receipt | None:
    if not standing.stood_in(edition):
        return None
    found, chosen = facts(edition), standing.visibility_at(edition)
    visibility = _as_copied(edition) if chosen == Visibility.RECIPIENT else chosen
    receipt = Receipt(edition, found.language, visibility, edition.as_of, chosen)
    line = standing.line_at(edition) if visibility == Visibility.PUBLIC else None
    if line is None:
        return receipt
    listed = places_in(edition)
    place = listed.place_of(line, is_individual=standing.signatory.is_individual)
    return _named(receipt, found, listed.of, place) if place else receipt


def _as_copied(edition: Edition) -> str:
    """Whether there was a copy for the addressee; not whether it is kept."""
    has_copy = AddresseeNames.objects.filter(edition=edition).exists()
    return Visibility.RECIPIENT if has_copy else Visibility.COUNTED


def _named(receipt: Receipt, found: Facts, of: int, place: Place) -> Receipt:
    return replace(
        receipt,
        line=place.line,
        country=place.country,
        heading=place.heading,
        number=place.line.number,
        place=place.place,
        of=of,
        is_translated=found.is_translated,
    )
