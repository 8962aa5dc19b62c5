"""What anybody reads around a letter's text once an edition of it is published."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone, translation

from campaigns import crypto
from letters import dates, headlines, instants
from letters.models import Delivery, Edition, Letter, Publication, Reply
from letters.pdf import typesetting, writing
from letters.services import publications

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Published:
    """In one language, each part "" if it is not said in it. `number` organizations are named; if the headline has a
    round number of them, `step` is to what multiple it was rounded down, and `more` that there are more.
    `document_line` says what this is, with place and day; `day` is that day alone.
    """

    edition: Edition
    language: str
    at: datetime
    headline: str
    number: int
    step: int
    more: bool
    document_line: str
    day: str
    lead: str
    note: str
    shows_salutation: bool
    shows_closing: bool


def published(letter: Letter, language: str, organizations: int | None = None) -> Published | None:
    """As it is public now; `organizations` is how many the public roll names, where that is known already."""
    publication = letter.publication
    return in_words(publication, letter, language, organizations) if publication else None


def of_each(letters: Sequence[Letter], language: str) -> dict[int, Published]:
    """By the key of the letter, for a reader of `language`; a letter that is not published is not there."""
    known = {letter.pk: letter for letter in letters}
    public = Publication.objects.public().filter(letter__in=known).with_edition()
    publications = list(public.defer("edition__revision__canonical"))
    numbers, found = numbers_in(publications), {}
    for one in publications:
        letter = known[one.letter_id]
        text = letter.text_for(language)
        found[letter.pk] = in_words(one, letter, text.language if text else language, numbers.get(letter.pk, 0))
    return found


def numbers_in(publications: Iterable[Publication]) -> dict[int, int]:
    """How many organizations are named by the key of the letter, where a headline says so: counted at once for all."""
    said = {one.letter_id: [parts.get("headline", "") for parts in one.words.values()] for one in publications}
    wanting = [letter for letter, some in said.items() if any(map(headlines.wants_number, some))]
    return Letter.objects.filter(pk__in=wanting).numbers_named() if wanting else {}


def in_words(publication: Publication, letter: Letter, language: str, organizations: int | None = None) -> Published:
    """The same of one that may not be out yet: with the day on which it would come."""
    at = publication.came_at or publication.comes_at or timezone.now()
    words = publication.words_in(language)
    if organizations is None:
        organizations = named(letter) if headlines.wants_number(words["headline"]) else 0
    headline, more = filled(words["headline"], organizations, language)
    day = dates.in_words(instants.on_the_wall(at, letter.zone).date(), "day", language)
    where = writing.of(language).comma.join(filter(None, (publication.edition.front["place"], day)))
    line = words["document_line"] or (headline and publication.edition.revision.text_in(language)["title"])
    return Published(
        edition=publication.edition,
        language=language,
        at=at,
        headline=headline,
        number=organizations,
        step=headlines.step_of(organizations),
        more=more,
        document_line=" – ".join(filter(None, (line, where))),
        day=day,
        lead=words["lead"],
        note=words["note"],
        shows_salutation=publication.shows_salutation,
        shows_closing=publication.shows_closing,
    )


def filled(headline: str, number: int, language: str) -> tuple[str, bool]:
    """A headline with the round number of organizations in the figures of its language, and whether there are more; ""
    for one that wants a number while nobody is named."""
    if not headlines.wants_number(headline):
        return headline, False
    if not number:
        return "", False
    floor, more = headlines.rounded(number)
    with translation.override(language):
        shown = writing.of(language).figures(typesetting.number(floor)) + ("+" if more else "")
    return headlines.filled(headline, shown), more


def named(letter: Letter) -> int:
    """How many organizations the public roll names."""
    return int(letter.signatories.listed().public().organizations().count())


def deliveries(letter: Letter, edition: Edition) -> list[Delivery]:
    """What of `edition`, and of those that were published before, has reached whom; the first to each recipient."""
    public = publications.open_editions(letter) | Edition.objects.filter(pk=edition.pk)
    arrived = Delivery.objects.arrived().filter(edition__in=public).select_related("edition__revision")
    read = arrived.only("edition__number", "recipient", "sent_at", "edition__revision__recipients")
    first: dict[tuple[int, int], Delivery] = {}
    for one in read.order_by("sent_at", "pk"):
        first.setdefault((one.edition_id, one.recipient), one)
    return list(first.values())


def replies(letter: Letter) -> list[Reply]:
    """What is shown of those that are public: their files are read by nobody but who asks for them. One that cannot be
    deciphered is left out, and the page has the rest to say."""
    public = letter.replies.public()
    shown = public.only("letter_id", "number", "by_whom", "received_on", "words", "sha256")
    try:
        return list(shown)
    except crypto.Undecipherable:
        keys = public.values_list("pk", flat=True)
        return [reply for pk in keys if (reply := _deciphered(shown, pk))]


def _deciphered(replies: QuerySet[Reply], pk: int) -> Reply | None:
    try:
        return replies.filter(pk=pk).first()
    except crypto.Undecipherable:
        logger.warning("reply %s cannot be deciphered and is not shown: a key is missing from CONTACT_KEYS", pk)
        return None
