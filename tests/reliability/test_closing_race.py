"""Closing and freezing while organizations sign, confirm and are listed: the frozen roll is the whole roll."""

import random
import threading
import time
from functools import partial

import pytest

from campaigns import outbox
from letters.models import Letter
from letters.models.querysets import LetterQuerySet
from letters.services import freezing, timetable
from signatories import emails, services
from signatories.models import Token
from signatories.services import vetting
from tests.factories import OpenLetterFactory, UserFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS, SIGNERS, ORGANIZATIONS_EACH, LISTED_BEFORE_CLOSING = 60, 8, 8, 2
BREATH = 0.2  # seconds at most between two sign-ons of one signer: closing waits for a moment with nobody at it


class Race:
    """Eight that sign and confirm, one that vets, one that closes and freezes."""

    def __init__(self, user) -> None:
        self.letter, self.user = OpenLetterFactory(), user
        self.frozen, self.broken = threading.Event(), threading.Event()
        self.overtaken = 0  # sign-ons taken after closing was asked for
        self.refused = 0  # signers who found the letter closed
        self.closing_took = 0.0  # seconds

    def run(self):
        """What went wrong: sign-ons accepted after closing, and names by which roll and list differ."""
        signing = [partial(self.sign, place) for place in range(SIGNERS)]
        outcomes = signers.at_once(map(self.watched, [*signing, self.vet, self.coordinate]))
        assert [outcome for outcome in outcomes if outcome] == []
        letter = Letter.objects.get(pk=self.letter.pk)
        edition = letter.editions.get()
        late = letter.signatories.filter(signed_at__gt=letter.closed_at)
        listed = letter.signatories.listed().filter(decided_at__lte=edition.as_of)
        printed = {line.name for group in edition.printed_roll.groups for line in group.lines}
        return late.count(), set(listed.values_list("name", flat=True)) ^ printed

    def watched(self, act):
        def watch():
            try:
                return act()
            except BaseException:
                self.broken.set()  # or the others would wait for ever
                raise

        return watch

    def sign(self, place):
        for number in range(ORGANIZATIONS_EACH):
            name = f"{self.letter.pk}-{place}-{number}"
            try:
                signers.sign_on(self.letter, name)
            except services.NotAccepting:
                self.refused += 1
                return
            signed = self.letter.signatories.get(contact_hash=outbox.address_hash(signers.address(name)))
            for _ in range(2):  # a double click
                services.confirm(Token.objects.get(signatory=signed))
            time.sleep(random.uniform(0, BREATH))

    def vet(self):
        while not (self.frozen.is_set() or self.broken.is_set()):
            services.approve(self.letter.signatories.all(), by=self.user)
        services.approve(self.letter.signatories.all(), by=self.user)

    def coordinate(self):
        while self.letter.signatories.listed().count() < LISTED_BEFORE_CLOSING and not self.broken.is_set():
            time.sleep(0.01)
        before, started_at = self.letter.signatories.count(), time.monotonic()
        timetable.close(self.letter, by=self.user)
        self.closing_took = time.monotonic() - started_at
        self.overtaken = self.letter.signatories.count() - before
        freezing.freeze(self.letter, by=self.user)
        self.frozen.set()


def test_closing_and_freezing_leave_nobody_between(postgres):
    user = UserFactory()
    races = [Race(user) for _ in range(ROUNDS)]
    for race in races:
        assert race.run() == (0, set())
    cut_off = sum(race.refused > 0 for race in races)
    longest = max(race.closing_took for race in races)
    print(f"{cut_off} of {ROUNDS} closed in the middle of signing; closing waited {longest * 1000:.0f} ms at most")
    assert cut_off > 0


def test_closing_waits_for_those_at_it_and_for_nobody_after_them(postgres, monkeypatch):
    """Nobody takes a breath: with a plain row lock hundreds come first."""
    monkeypatch.setattr(f"{__name__}.BREATH", 0)
    monkeypatch.setattr(f"{__name__}.ORGANIZATIONS_EACH", 500)
    user = UserFactory()
    races = [Race(user) for _ in range(5)]
    for race in races:
        assert race.run() == (0, set())
    print(f"overtaken by {[race.overtaken for race in races]} sign-ons, {SIGNERS} signing")
    assert max(race.overtaken for race in races) <= 10 * SIGNERS


def test_without_locks_some_are_left_between(postgres, monkeypatch):
    """The control: the same race where signing and vetting hold no lock and take a moment longer."""

    def unlocked(letters, pk=None, **named):
        letter = letters.get(**named or {"pk": pk})
        time.sleep(0.03)
        return letter

    def tell_slowly(*args, **kwargs):
        time.sleep(0.03)
        tell(*args, **kwargs)

    tell = emails.tell
    monkeypatch.setattr(LetterQuerySet, "locked_shared", unlocked)
    monkeypatch.setattr(vetting, "_locked", lambda signatories: list(signatories))
    monkeypatch.setattr(emails, "tell", tell_slowly)
    user, late, strays = UserFactory(), 0, set()
    for _ in range(30):
        race_late, race_strays = Race(user).run()
        late, strays = late + race_late, strays | race_strays
        if late and strays:
            break
    print(f"without locks: {late} accepted after closing, {len(strays)} between roll and list")
    assert late > 0
    assert len(strays) > 0
