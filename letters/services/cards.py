"""Keeping the cards of letters true: each is looked after once a minute at most, and one is drawn at a time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from letters import dates, instants, pdf
from letters.models import Card, Letter, Text
from letters.pdf import cards, typesetting
from letters.services import publishing
from letters.services.published import published

EVERY = timedelta(minutes=1)
SELDOM = timedelta(hours=1)  # of a letter that closed more than SETTLED ago
SETTLED = timedelta(days=2)
LEASE = timedelta(seconds=2 * cards.SECONDS)

logger = logging.getLogger(__name__)


def ask_for_missing() -> int:
    """Queue a card for every text of a public letter that has none; how many."""
    there = Card.objects.filter(letter=OuterRef("letter"), language=OuterRef("language"))
    texts = Text.objects.filter(~Exists(there), letter__in=Letter.objects.public()).only("letter_id", "language")
    missing = [Card(letter_id=text.letter_id, language=text.language) for text in texts]
    Card.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def draw_due() -> int:
    """Look after every card whose time has come by now; how many were drawn anew. What is due by the time that it ends
    is left to the next: other work waits, too."""
    drawn, began = 0, timezone.now()
    while card := _claim(began):
        try:
            drawn += _looked_after(card)
        except Exception:  # a fault of ours must not hold up the others
            logger.exception("card %s cannot be drawn", card.pk)
            _put_off(card)
    return drawn


def content(letter: Letter, language: str, as_of: datetime) -> cards.Card:
    """What the card says: title or headline, campaign, the count of the public roll, whether one can sign."""
    text = letter.revisions.latest("number").text_in(language)
    words = typesetting.language_of_words(text["language"])
    roll = letter.roll(text["language"], as_of)
    said = published(letter, text["language"], roll.organizations)
    with translation.override(words):
        return cards.Card(
            language=text["language"],
            words=words,
            site=settings.SITE_NAME,
            campaign=letter.campaign.name,
            title=(said and said.headline) or text["title"],
            count=typesetting.count_line(roll) if roll.printed else "",
            withheld=typesetting.withheld_line(roll),
            state=_state(letter, words, said.at if said else None),
        )


def _state(letter: Letter, language: str, published_at: datetime | None) -> str:
    def day(at: datetime | None) -> str:
        return dates.in_words(instants.on_the_wall(at, letter.zone).date(), "day", language) if at else ""

    match publishing.state_of(letter):
        case "open":
            return _("Open for sign-on until %(date)s") % {"date": day(letter.closes_at)}
        case "announced":
            return _("Sign-on opens on %(date)s") % {"date": day(letter.opens_at)}
        case "paused":
            return _("Sign-on is paused for the moment")
        case _ if published_at:
            return _("Published on %(date)s") % {"date": day(published_at)}
        case _:
            return _("Sign-on closed")


def _claim(began: datetime) -> Card | None:
    """One card to oneself, of those that were due then, unless some worker has one: the database allows one at a
    time."""
    now = timezone.now()
    Card.objects.filter(is_being_drawn=True, leased_until__lt=now).update(is_being_drawn=False, leased_until=None)
    pk = Card.objects.due(began).values_list("pk", flat=True).first()
    if pk is None:
        return None
    try:
        with transaction.atomic():
            free = Card.objects.due(began).filter(pk=pk)
            # to the end of the queue at once: what ends the worker must not stand first again
            until = now + LEASE
            taken = free.update(is_being_drawn=True, leased_until=until, look_after=now + EVERY)
    except IntegrityError:
        return None
    # it may have been wiped since, and even claimed by another: then there is none with this lease any more
    claimed = Card.objects.select_related("letter__campaign").filter(pk=pk, leased_until=until)
    return claimed.first() if taken else None


def _looked_after(card: Card) -> int:
    """Draw it if what it should say has changed; 1 if it was drawn."""
    now = timezone.now()
    said = content(card.letter, card.language, now)
    later = now + _pause(card.letter, now)
    if said.digest == card.digest:
        _put_back(card, look_after=later)
        return 0
    try:
        picture = cards.draw(said)
    except pdf.RenderingFailed as error:
        logger.warning("card %s failed: %s", card.pk, error)
        _put_off(card)
        return 0
    _put_back(card, picture=picture, digest=said.digest, drawn_at=now, failures=0, look_after=later)
    return 1


def _put_off(card: Card) -> None:
    """Longer each time."""
    later = timezone.now() + EVERY * 2 ** min(card.failures, 10)
    _put_back(card, failures=card.failures + 1, look_after=later)


def _pause(letter: Letter, now: datetime) -> timedelta:
    closed = letter.closed_since if letter.is_over else None
    return SELDOM if closed and closed < now - SETTLED else EVERY


def _put_back(card: Card, **facts: Any) -> None:
    """Unless it was wiped, or is to be drawn anew, since it was claimed; also where another has claimed it then."""
    ours = Card.objects.filter(pk=card.pk, is_being_drawn=True, leased_until=card.leased_until)
    ours.update(is_being_drawn=False, leased_until=None, **facts)
