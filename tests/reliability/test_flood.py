"""A flood of forged sign-ons, with people among them.

The forger is a good one: it has fetched the form and waited, leaves the hidden field empty, and spreads over many
addresses, each of which sends less than a room full of people. It does not do sums. `make flood` sends ten thousand
from five hundred addresses, `make test` a twentieth, with the same numbers in the code: nothing is scaled down for it.
"""

import os
import random
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import guarding, services
from signatories.models import InvalidatedSignatory, Signatory, Submission, Token
from signatories.services import holding
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.reliability import signers
from tests.signatories.test_admin_cohorts import FIND, LOOK, the_one_with
from tests.signing_in import sign_in

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]

FORGED = int(os.environ.get("FLOOD", "500"))
EACH = 20  # forged ones from one address: far below what holds a room full of people
PLACES = FORGED // EACH
ALONE, IN_A_ROOM, AMONG_FORGERS, WITHOUT_SCRIPT = (25, 15, 10, 3) if FORGED >= 10_000 else (4, 4, 2, 1)
PATIENCE = 120  # seconds until the mail is there
FILLING_IN = guarding.LEAST + 0.3  # seconds; real people take minutes
SENDERS, PEOPLE = 8, 12  # at a time
MARK = re.compile(r'name="(began|challenge|proof)" value="([^"]*)"')
MINUTE = re.compile(r"\d\d:\d\d")


@dataclass
class Person:
    """Who signs, from where, and whether the browser runs scripts."""

    number: str
    place: str
    does_sums: bool = True
    sent_at: float = 0.0
    arrived_at: float = 0.0

    @property
    def address(self):
        return signers.address(self.number)


@dataclass
class Flood:
    letter: Letter
    house: object
    people: list[Person]
    forged: int = FORGED
    answers: set = field(default_factory=set)
    seconds: float = 0.0

    @property
    def page(self):
        return f"/letters/{self.letter.slug}/sign/"

    def run(self):
        """Everybody at once; people come one after the other while the forger is at it."""
        started_at = time.monotonic()
        self.done = threading.Event()

        with ThreadPoolExecutor(PEOPLE) as people:
            waiting = [people.submit(self.sign, person) for person in self.people]
            with ThreadPoolExecutor(SENDERS) as forger:
                list(forger.map(self.forge, range(self.forged)))
            self.seconds = time.monotonic() - started_at
            self.done.set()
            for one in waiting:
                one.result()

    def forge(self, number, place=""):
        words = signers.answers(f"f{number}") | {"contact_email": forged_address(number)}
        self._send(words, place or place_of(number % PLACES))

    def sign(self, person):
        """Read the form, fill it in, check the answers, send: at some moment of the flood, mostly in its rush."""
        while not self.done.is_set() and len(self.answers) == 0:
            time.sleep(0.05)
        self.done.wait(random.uniform(0, FORGED / 400))
        words = signers.answers(person.number)
        del words["began"], words["send"]
        shown = self.house.request("GET", self.page, place=person.place)
        time.sleep(FILLING_IN)
        for button in ({}, {"send": "1"}):  # a sum that the form did not ask for, the page of answers may
            marks = dict(MARK.findall(shown.body))
            if person.does_sums and marks.get("challenge") and not marks["proof"]:
                marks["proof"] = guarding.solve(marks["challenge"])
            shown = self.house.request("POST", self.page, words | marks | button, place=person.place)
        person.sent_at = time.monotonic()
        self.answers.add((shown.status, shown.location))

    def _send(self, words, place):
        answer = self.house.request("POST", self.page, words, place=place)
        self.answers.add((answer.status, answer.location))


def place_of(number):
    return f"198.18.{number // 250}.{number % 250 + 1}"


def forged_address(number):
    return f"{signers.CANARY}{number}@x{number}.example"


def everybody():
    """People with an address of their own, in one room, and behind addresses that a forger uses as well."""
    alone = [Person(f"a{n}", f"192.0.2.{n + 1}", does_sums=n % 2 == 0) for n in range(ALONE)]
    in_a_room = [Person(f"r{n}", "203.0.113.7") for n in range(IN_A_ROOM)]
    among_forgers = [Person(f"s{n}", place_of(n)) for n in range(AMONG_FORGERS)]
    return alone + in_a_room + among_forgers


def arrive(house, sink, people):
    """Wait for everybody's mail, and note when it was there."""

    def look():
        there = set(sink.addresses())
        for person in people:
            if not person.arrived_at and person.address in there:
                person.arrived_at = time.monotonic()
        return all(person.arrived_at for person in people)

    house.wait(look)


def public_page(house, letter):
    """What anybody sees, but for the minute it was put together."""
    time.sleep(2.5)  # held in memory that long
    return MINUTE.sub("", house.request("GET", f"/letters/{letter.slug}/").body)


def columns():
    found = {}
    with connection.cursor() as cursor:
        for model in (Signatory, Token, Mail):
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY {model._meta.pk.column}")
            found[model.__name__] = cursor.fetchall()
    return found


def at_most():
    """Forged ones that get a mail: those before the rush is noticed, and the first few of each place in it."""
    unnoticed = 2 * (holding.LOOKED_UP_AFTER + 8)  # two processes with eight threads each
    return 200 + unnoticed + holding.FIRST_FEW * PLACES


def test_flood_reaches_nobody_and_people_get_their_mail(house, sink, client):
    letter = OpenLetterFactory()
    for _ in range(5):
        SignatoryFactory(letter=letter, listed=True)
    flood = Flood(letter, house, everybody())
    house.web()
    worker, beat = house.worker(), house.beat()
    before = public_page(house, letter)
    flood.run()
    slow = [Person(f"w{n}", place_of(n), does_sums=False) for n in range(WITHOUT_SCRIPT)]
    for person in slow:
        flood.sign(person)
    arrive(house, sink, flood.people)
    house.wait(lambda: not Submission.objects.exists())
    waited = max(person.arrived_at - person.sent_at for person in flood.people)
    forged = Signatory.objects.filter(letter=letter, name__startswith=f"Friends of {signers.CANARY} f")
    held = forged.held().count()
    print(
        f"{FORGED} forged from {PLACES} addresses in {flood.seconds:.0f} s ({FORGED / flood.seconds:.0f} a second), "
        f"{held} held; {len(flood.people)} people, the slowest mail after {waited:.1f} s"
    )
    assert flood.answers == {(302, f"{flood.page}sent/")}
    assert forged.count() == FORGED
    assert FORGED - held <= at_most()
    assert waited < PATIENCE
    assert public_page(house, letter) == before
    assert Signatory.objects.filter(contact_hash__in=hashes(slow)).held().count() == len(slow)

    for person in flood.people:
        (token,) = {one.token for one in sink.arrivals if one.address == person.address}
        assert house.request("POST", f"/confirm/{token}/", {"choice": "confirm"}).status in {200, 302}
    worker.stop()
    beat.stop()  # what is compared must not move meanwhile
    for number in range(EACH):  # from one more place, whose first mails now wait
        flood.forge(FORGED + number, place="198.19.0.1")
    services.take_in()
    clear_and_undo(client, letter, forged, slow)
    assert public_page(house, letter) == before


def hashes(people):
    from campaigns import outbox

    return [outbox.address_hash(person.address) for person in people]


def clear_and_undo(client, letter, forged, slow):
    """A vetter clears the flood in three actions, and takes it back with one."""
    sign_in(client, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)
    before, meant = columns(), set(forged.values_list("pk", flat=True))
    waiting = Mail.objects.unsent().filter(about_id__in=[str(pk) for pk in meant])
    assert waiting.count() >= holding.FIRST_FEW
    timed = time.monotonic()
    found = client.get(FIND)  # one
    look = client.post(LOOK, the_one_with(found, letter=str(letter.pk)))  # two
    made = client.post(
        LOOK, the_one_with(look, letter=str(letter.pk), reason="Forged, sent in a burst") | {"invalidate": "yes"}
    )
    cleared = time.monotonic() - timed
    invalid = set(Signatory.objects.filter(status="invalid").values_list("pk", flat=True))
    assert invalid >= meant
    assert len(invalid - meant) <= len(slow)  # who was held among forgers looks like one, until it is let through
    assert set(InvalidatedSignatory.objects.values_list("signatory", flat=True)) == invalid
    assert waiting.count() == 0
    timed = time.monotonic()
    client.post(made.url)
    undone = time.monotonic() - timed
    print(f"{len(invalid)} set aside in {cleared:.1f} s, three actions together; put back in {undone:.1f} s")
    assert columns() == before
    assert JournalEntry.objects.filter(verb__in=["invalidated a cohort", "undid an invalidation"]).count() == 2


def test_flood_without_a_rush_reaches_everybody(house, sink):
    """The control: where no number of sign-ons is a rush, every forged one gets its mail written."""
    letter = OpenLetterFactory()
    flood = Flood(letter, house, [], forged=500)
    house.web(SIGN_ON_RUSH=str(10**9))
    flood.run()
    assert services.take_in() == flood.forged
    mails = Mail.objects.filter(kind="signatories.confirm").count()
    print(f"without holding: {mails} mails to strangers for {flood.forged} forged")
    assert mails == flood.forged


def test_people_who_do_no_sum_wait(house, sink):
    """The control for the sum: behind an address that is busy, whoever sends without it has to wait for the clock."""
    letter = OpenLetterFactory()
    for _ in range(200):
        SignatoryFactory(letter=letter, source="elsewhere")
    flood = Flood(letter, house, [])
    flood.done = threading.Event()
    flood.done.set()
    house.web()
    room = [Person(f"n{n}", "203.0.113.7", does_sums=n % 2 == 1) for n in range(8)]
    for person in room:
        flood.sign(person)
    assert services.take_in() == len(room)
    held = set(Signatory.objects.held().values_list("contact_hash", flat=True))
    expected = [person for n, person in enumerate(room) if n >= holding.FIRST_FEW and not person.does_sums]
    assert held == set(hashes(expected))
