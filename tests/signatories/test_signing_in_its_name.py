"""Whoever signs in a withheld signatory's name, to learn whether it has signed, is told the same either way.

Told twice as in non_interference/. Whether it is there makes the other a double, which only vetters see; until
they decide it is answered, written to, asked again and left out like anybody who has confirmed.
"""

import random
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import outbox
from signatories.models import Contact, Line, Signatory
from signatories.models.querysets import SignatoryQuerySet
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.non_interference.comparing import told_apart
from tests.signatories.non_interference.looking import PAGE, nosy
from tests.signatories.non_interference.short_histories import acts
from tests.signatories.public_outputs import Eyes, differ
from tests.signatories.twin_histories import HIDDEN, SECRET, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STATES = {
    "pending": "*sign",
    "confirmed": "*sign *confirm",
    "listed": "*sign *confirm *approve",
    "declined": "*sign *confirm *decline",
    "withdrawn": "*sign *confirm *approve *withdraw",
}
PAGES = ("", "correct/", "visibility/", "data/", "data.json", "withdraw/", "amendment/")


class Prober:
    """Somebody with a mailbox of its own, and one more at the domain of the website it names."""

    def __init__(self, telling):
        self.telling = telling
        self.eyes = Eyes(Client(), telling.withheld, telling.is_counted)
        self.seen = []
        telling.got.clear()
        telling.luck = random.Random("prober")

    def ask(self, *request, **answers):
        self.seen.append(self.eyes.ask(*request, **answers))

    def sees_own_pages(self):
        secret = self.telling.mine("nosy").secret
        for page in PAGES:
            self.ask(f"/mine/{secret}/{page}")

    def signs_by_form(self):
        self.telling.actor = "nosy"
        self.ask(f"{PAGE}sign/", "post", nosy(website="https://nosy.example", second_email="other@nosy.example"))
        self.ask(
            *(f"{PAGE}sign/", "post"),
            nosy(website="https://nosy.example", second_email="other@nosy.example", send="1"),
        )
        row = Signatory.objects.get(contact_hash=outbox.address_hash("nosy@nosy.example"))
        self.telling.pks["nosy"] = row.pk
        self.telling.drain()
        link = f"/confirm/{self.telling.link('nosy').secret}/"
        self.ask(link)
        self.ask(link, "post", {"choice": "confirm", "revision": "1"})
        self.telling.drain()

    def signs_and_takes_the_name(self):
        """First in a name of its own, then corrected to the other's."""
        contact = Contact("Nosy", "Director", "nosy@nosy.example")
        self.telling.sign_on("nosy", Line("Nosy and Others", "", "KE"), "public", contact)
        self.telling.keys.remove("nosy")
        self.telling.drain()
        self.ask(f"/confirm/{self.telling.link('nosy').secret}/", "post", {"choice": "confirm", "revision": "1"})
        answers = {"name": SECRET.name, "country": SECRET.country, "contact_name": "Nosy", "contact_role": "Director"}
        self.ask(f"/mine/{self.telling.mine('nosy').secret}/correct/", "post", answers | {"kind": "organization"})
        self.telling.drain()

    def waits(self, **time):
        self.telling.clock.shift(timedelta(**time))
        self.telling.tick()
        self.telling.drain()

    def lives_through(self):
        """All that is told of to those who have confirmed, with nobody deciding."""
        self.sees_own_pages()
        self.telling.move_closing()
        self.waits(minutes=20)
        self.telling.amend("correction")
        self.waits(hours=1)
        self.sees_own_pages()
        self.telling.amend("substance")
        self.waits(hours=1)
        self.sees_own_pages()
        self.telling.remind()
        self.waits(hours=1)
        self.waits(days=3)
        self.sees_own_pages()
        for _ in range(5):  # past closing, to the day on which contacts are deleted
            self.waits(days=30)


def told(stage, steps, begin):
    with stage.told(steps) as telling:
        prober = Prober(telling)
        begin(prober)
        prober.lives_through()
        if HIDDEN in telling.pks:
            others = [what for _step, what in telling.got if "other@nosy.example" in what]
            assert begin is not Prober.signs_by_form or others  # the second contact is asked
        return prober.seen, [what for _step, what in telling.got]


CASES = [(state, begin) for state in STATES for begin in (Prober.signs_by_form, Prober.signs_and_takes_the_name)]


@pytest.mark.parametrize(
    ("state", "begin"),
    [pytest.param(*case, marks=[] if case in CASES[1::3] else pytest.mark.battery) for case in CASES],
)
def test_whoever_signs_in_its_name_is_told_the_same(state, begin):
    stage = Stage(UserFactory())
    steps = acts("news", *STATES[state].split())
    seen, mails = told(stage, [step for step in steps if not step.is_hidden], begin)
    seen_with, mails_with = told(stage, steps, begin)
    assert [told_apart(*pair) for pair in zip(seen, seen_with, strict=True) if differ(*pair)] == []
    assert mails == mails_with
    theirs = [what for what in mails if "nosy@nosy.example" in what]
    assert len(theirs) >= 7  # confirm, received, closing moved, corrected, agree again, left out, to be deleted


def test_doubles_told_less_would_be_noticed(monkeypatch):
    """The control: where only those who were first are told, what does not come says that somebody was."""
    monkeypatch.setattr(SignatoryQuerySet, "said_yes", SignatoryQuerySet.live)
    stage = Stage(UserFactory())
    steps = acts("news", *STATES["listed"].split())
    _, mails = told(stage, [step for step in steps if not step.is_hidden], Prober.signs_by_form)
    _, mails_with = told(stage, steps, Prober.signs_by_form)
    assert len(mails) > len(mails_with)


def test_said_yes_is_the_same_of_one_row_and_of_all():
    first = SignatoryFactory(confirmed=True)
    for_others = {"letter": first.letter, "confirmed": True}
    rows = [
        first,
        SignatoryFactory(letter=first.letter),
        SignatoryFactory(letter=first.letter, listed=True),
        SignatoryFactory(**for_others, status="duplicate", duplicate_of=first),
        SignatoryFactory(
            **for_others,
            status="duplicate",
            duplicate_of=first,
            decided_by=UserFactory(),
            decided_at=timezone.now(),
        ),
        SignatoryFactory(**for_others, status="withdrawn"),
    ]
    said = [one.has_said_yes for one in rows]
    assert said == [True, False, True, True, False, False]
    assert {one.pk for one, yes in zip(rows, said, strict=True) if yes} == {
        one.pk for one in Signatory.objects.said_yes()
    }
