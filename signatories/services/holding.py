"""Which sign-ons wait before their mail is written. None is refused, and whoever sends one sees no difference.

Places are counted in the database, by the rows that stand there: that survives a restart, is one number for all
processes, and is the same embedded and at scale. An ordinary sign-on costs no question: a place that this process has
not seen for a while is taken as new, unless there is a rush.
"""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from letters.models import Letter
from signatories import guarding
from signatories.guarding import Sending
from signatories.models import Signatory, Submission

HeldBecause = Signatory.HeldBecause

WINDOW = timedelta(minutes=10)
ROOM = 60  # from one place to one letter in a window: forty people in a room, half of them twice
CENTER = 120  # from one place to all letters in a window: the same room, with two or three letters on the screen
ALL_DAY = 300  # from one place to all letters in a day: a conference center, a Tor exit, an office that enters members

# A rush is settings.SIGN_ON_RUSH to one letter in a window, 200 unless set otherwise: a letter of 750 gets a hundred
# when a large network is told, or in the last minutes before it closes.
LETTERS_AT_ONCE = 3  # so many letters' rushes are one of the whole site
FIRST_FEW = 2  # of one place that pass in a rush as if there were none; a forger has many places

LOOKED_UP_EVERY = 1.0  # seconds, in each process; a form may ask for a sum that long after the rush is over
LOOKED_UP_AFTER = 50  # sign-ons, in each process: how late a rush may be noticed
MOST_PLACES = 20_000  # remembered by a process


@dataclass
class Look:
    """What a process knows of a rush, and how long it goes without looking again."""

    until: float
    left: int
    is_rush: bool


_looks: dict[int, Look] = {}
_places: dict[str, float] = {}
_changing = threading.Lock()


def why_held(letter: Letter, sending: Sending) -> str:
    """The reason (Signatory.HeldBecause) to hold a sign-on that came through the public form, or ""."""
    if sending.marks.trap:
        return HeldBecause.TRAP
    if guarding.is_hasty(sending.marks.began, sending.sent_at.timestamp()):
        return HeldBecause.HASTE
    known, here = _is_known(sending.source), 0
    if sending.source and (sending.in_rush or known):
        here, nearby, today = _counts(sending, letter.pk)
        if here >= ROOM or nearby >= CENTER or today >= ALL_DAY:
            return HeldBecause.SOURCE
    if sending.in_rush and (here >= FIRST_FEW or not sending.source) and not _is_proved(letter, sending):
        return HeldBecause.PRESSURE
    return ""


def is_rush(letter: int) -> bool:
    """Whether it, or the site, gets far more sign-ons than people make. May be LOOKED_UP_EVERY late."""
    now, look = time.monotonic(), _looks.get(letter)
    if look is None or now >= look.until or look.left <= 0:
        look = _looks[letter] = Look(now + LOOKED_UP_EVERY, LOOKED_UP_AFTER, _sees_rush(letter))
    look.left -= not look.is_rush
    return look.is_rush


def challenge_for(letter: Letter) -> str:
    """The sum that the form asks for now; "" while there is no rush."""
    return guarding.challenge(str(letter.pk)) if is_rush(letter.pk) else ""


def forget() -> None:
    """What this process remembers of rushes and places."""
    _looks.clear()
    _places.clear()


def _sees_rush(letter: int) -> bool:
    """Forms that wait are counted with the sign-ons. A list that is added is none: nobody else has to wait for it."""
    recent = Signatory.objects.real().filter(signed_at__gt=timezone.now() - WINDOW, import_row__isnull=True)
    waiting, most = Submission.objects.sign_ons().sent_within(WINDOW), settings.SIGN_ON_RUSH
    enough = most * LETTERS_AT_ONCE
    number = recent[:enough].count() + waiting[:enough].count()
    if number >= enough:
        return True
    here = waiting.filter(letter=letter)
    return bool(number >= most and recent.filter(letter=letter)[:most].count() + here[:most].count() >= most)


def _is_known(source: str) -> bool:
    """Whether this process has had a sign-on from there lately; from now on it has."""
    now = time.monotonic()
    with _changing:
        if len(_places) >= MOST_PLACES:
            _places.clear()
        seen = _places.get(source)
        _places[source] = now
    return seen is not None and now - seen < WINDOW.total_seconds()


def _counts(sending: Sending, letter: int) -> tuple[int, int, int]:
    """How many came from there before: to this letter in the window, to all in it, and all day. ALL_DAY is enough."""
    rows = list(Signatory.objects.filter(source=sending.source).order_by().values_list("letter", "signed_at")[:ALL_DAY])
    recent = [to for to, signed_at in rows if signed_at > sending.sent_at - WINDOW]
    return recent.count(letter), len(recent), len(rows)


def _is_proved(letter: Letter, sending: Sending) -> bool:
    """Whether the sum is done, and not for another sign-on: each counts once.

    Where the shared cache is gone each process remembers for itself; a sum is worth little more then.
    """
    if not guarding.is_proved(sending.marks, str(letter.pk), sending.sent_at.timestamp()):
        return False
    used = f"proof:{hashlib.sha256(sending.marks.challenge.encode()).hexdigest()[:32]}"
    return bool(cache.add(used, 1, guarding.CHALLENGE_LASTS))
